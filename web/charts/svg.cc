#include "web/charts/svg.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace signalbox::web::charts {
namespace {

std::string_view entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

/// Letters, digits, blanks and the like: most text is nothing else.
bool plain(char c) { return c >= ' ' && c <= '~' && entity(c).empty(); }

}  // namespace

std::string escaped(std::string_view text) {
  if (std::ranges::all_of(text, plain)) return std::string(text);
  std::string out;
  out.reserve(text.size() + 16);
  for (const char c : printable(text)) {
    const std::string_view instead = entity(c);
    instead.empty() ? out.push_back(c) : void(out.append(instead));
  }
  return out;
}

void add(std::string& path, long number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  path.append(digits.data(), end);
}

Svg drawing(std::string_view css_class, std::string_view view_box, std::string_view title,
            std::string_view desc, std::string_view content) {
  Svg svg;
  svg.markup.reserve(content.size() + title.size() + desc.size() + 160);
  svg.markup.append("<svg class=\"").append(css_class).append("\" viewBox=\"").append(view_box);
  svg.markup.append("\" preserveAspectRatio=\"none\" role=\"img\"><title>");
  svg.markup.append(escaped(title)).append("</title>");
  if (!desc.empty()) svg.markup.append("<desc>").append(escaped(desc)).append("</desc>");
  svg.markup.append(content).append("</svg>");
  return svg;
}

}  // namespace signalbox::web::charts
