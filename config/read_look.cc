// What of `page:` says how the page looks: theme, logo, colours, texts and rules of the operator's.
#include <algorithm>
#include <cctype>
#include <charconv>
#include <fstream>
#include <iterator>
#include <vector>

#include "base/text.h"
#include "config/colours.h"
#include "config/picture.h"
#include "config/sections.h"

namespace signalbox::config {
namespace {

constexpr std::size_t kMostLogoBytes = std::size_t{100} * 1024;
constexpr std::size_t kMostCssBytes = std::size_t{64} * 1024;
constexpr std::size_t kLongestText = 2000;

/// The content of the file named by `key`; none, with a mistake, when it cannot be used.
std::optional<std::string> content_of(Fields& page, std::string_view key, std::size_t most,
                                      const Config& config, Mistakes& mistakes) {
  const auto path = page.text(key);
  if (!path) return std::nullopt;
  std::ifstream in(resolved(config.directory, *path), std::ios::binary);
  if (!in) {
    mistakes.add_absent(page.place(key), "`" + std::string(key) +
                                             "` names a file that cannot be opened; name one that "
                                             "exists and may be read");
    return std::nullopt;
  }
  std::string content(most + 1, '\0');
  in.read(content.data(), static_cast<std::streamsize>(content.size()));
  content.resize(static_cast<std::size_t>(in.gcount()));
  if (content.size() <= most) return content;
  page.refuse(key, "names a file of more than " + std::to_string(most / 1024) +
                       " KiB, which every page would carry; make it smaller");
  return std::nullopt;
}

void read_logo(Fields& page, const Config& config, Look& look, Mistakes& mistakes) {
  const auto content = content_of(page, "logo", kMostLogoBytes, config, mistakes);
  if (!content) return;
  look.logo = picture_url(*content);
  if (look.logo.empty()) page.refuse("logo", "is no SVG, PNG or WebP picture; make it one of them");
}

/// As a browser reads it: `\69` is an `i` (CSS Syntax Module 3, 4.3.7); what is no ASCII becomes
/// `?`.
std::string without_escapes(std::string_view css) {
  constexpr std::size_t kMostDigits = 6;
  std::string plain;
  while (!css.empty()) {
    if (css.front() != '\\') {
      plain += css.front();
      css.remove_prefix(1);
      continue;
    }
    css.remove_prefix(1);
    unsigned code = 0;
    const char* const end = css.data() + std::min(css.size(), kMostDigits);
    const auto read = std::from_chars(css.data(), end, code, 16);
    if (read.ec != std::errc()) {  // the next character stands for itself
      plain += css.substr(0, 1);
      css.remove_prefix(std::min<std::size_t>(1, css.size()));
      continue;
    }
    css.remove_prefix(static_cast<std::size_t>(read.ptr - css.data()));
    if (css.starts_with("\r\n")) css.remove_prefix(1);  // together one space
    if (!css.empty() && std::isspace(static_cast<unsigned char>(css.front())) != 0)
      css.remove_prefix(1);
    plain += code < 0x80 ? static_cast<char>(code) : '?';
  }
  return plain;
}

/// Whether every `url(…)` holds its content itself: pages load nothing from elsewhere.
bool loads_nothing(std::string_view css) {
  constexpr std::string_view kUrl = "url(";
  for (auto at = css.find(kUrl); at != std::string_view::npos; at = css.find(kUrl, at)) {
    at += kUrl.size();
    const auto inside = css.find_first_not_of(" \t\r\n\f\"'", at);
    const std::string_view rest = inside == std::string_view::npos ? "" : css.substr(inside);
    if (!rest.starts_with("data:") && !rest.starts_with("#")) return false;
  }
  return css.find("@import") == std::string_view::npos &&
         css.find("image-set(") == std::string_view::npos;
}

void read_css(Fields& page, const Config& config, Look& look, Mistakes& mistakes) {
  const auto content = content_of(page, "css", kMostCssBytes, config, mistakes);
  if (!content) return;
  const std::string lower = to_lower(without_escapes(*content));
  if (valid_utf8(*content) != *content || content->find('\0') != std::string::npos) {
    page.refuse("css", "names a file that is no text in UTF-8; save it as such");
  } else if (to_lower(*content).find("</style") != std::string::npos) {
    page.refuse("css", "names a file that holds `</style`; take it out");
  } else if (!loads_nothing(lower)) {
    page.refuse(
        "css",
        "names a file that loads something by `@import`, `image-set(…)` or `url(…)`; put it in by "
        "`url(data:…)`, pages load nothing from elsewhere");
  } else {
    look.css = *content;
  }
}

std::string read_text(Fields& page, std::string_view key) {
  auto text = page.text(key).value_or("");
  if (code_points(text) <= kLongestText) return text;
  page.refuse(key, "has more than " + std::to_string(kLongestText) + " characters; shorten it");
  return {};
}

}  // namespace

void read_look(Fields& page, Config& config, Mistakes& mistakes) {
  Look look;
  look.theme =
      page.choice<Theme>("theme", {{"standard", Theme::standard}, {"classic", Theme::classic}})
          .value_or(Theme::standard);
  read_logo(page, config, look, mistakes);
  if (const NodePtr node = page.find("colours")) {
    Fields colours(node, "`colours`", mistakes);
    look.light = read_palette(colours, "light", light_palette(), mistakes);
    look.dark = read_palette(colours, "dark", dark_palette(), mistakes);
    colours.refuse_rest();
  }
  look.header = read_text(page, "header");
  look.footer = read_text(page, "footer");
  read_css(page, config, look, mistakes);
  if (look != Look()) config.page.look = std::make_shared<const Look>(std::move(look));
}

}  // namespace signalbox::config
