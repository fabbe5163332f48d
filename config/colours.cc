#include "config/colours.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>

#include "base/text.h"
#include "config/environment.h"

namespace signalbox::config {
namespace {

constexpr double kLeastContrast = 4.5;

struct Named {
  std::string_view key;
  std::string Palette::*colour;
};
constexpr std::array<Named, 2> kBehind = {
    {{"background", &Palette::background}, {"card", &Palette::card}}};
constexpr std::array<Named, 8> kWritten = {{{"text", &Palette::text},
                                            {"soft", &Palette::soft},
                                            {"link", &Palette::link},
                                            {"up", &Palette::up},
                                            {"issue", &Palette::issue},
                                            {"down", &Palette::down},
                                            {"maint", &Palette::maint},
                                            {"unknown", &Palette::unknown}}};

bool is_colour(std::string_view text) {
  return text.size() == 7 && text[0] == '#' &&
         text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

double light(std::string_view colour, std::size_t at) {
  const double part = std::stoi(std::string(colour.substr(at, 2)), nullptr, 16) / 255.0;
  return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

double luminance(std::string_view colour) {
  return 0.2126 * light(colour, 1) + 0.7152 * light(colour, 3) + 0.0722 * light(colour, 5);
}

std::string read_colour(Fields& fields, std::string_view key) {
  const auto given = fields.text(key);
  if (!given) return {};
  if (is_colour(*given)) return to_lower(*given);
  fields.refuse(key, "must be a colour as \"#1b2128\", in quotes: # and six hexadecimal digits");
  return {};
}

const std::string& either(const std::string& given, const std::string& own) {
  return given.empty() ? own : given;
}

std::string ratio_text(double ratio) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%.1f", std::floor(ratio * 10) / 10);
  return text.data();
}

/// What is wrong with a pair of which one was chosen; "" when it can be read by.
std::string trouble_with(const Palette& given, const Palette& own, const Named& written,
                         const Named& behind) {
  if ((given.*written.colour).empty() && (given.*behind.colour).empty()) return {};
  const std::string& front = either(given.*written.colour, own.*written.colour);
  const std::string& back = either(given.*behind.colour, own.*behind.colour);
  const double ratio = contrast(front, back);
  if (ratio >= kLeastContrast) return {};
  return "cannot be read by: `" + std::string(written.key) + "` " + front + " on `" +
         std::string(behind.key) + "` " + back + " has a contrast of " + ratio_text(ratio) +
         "; choose colours further apart, with 4.5 or more";
}

/// One mistake a colour: the chosen one of the pair, of two chosen ones that of the text.
void need_contrast(Fields& fields, const Palette& given, const Palette& own) {
  std::set<std::string_view> told;
  for (const Named& written : kWritten) {
    for (const Named& behind : kBehind) {
      const std::string trouble = trouble_with(given, own, written, behind);
      const Named& blamed = (given.*written.colour).empty() ? behind : written;
      if (!trouble.empty() && told.insert(blamed.key).second) fields.refuse(blamed.key, trouble);
    }
  }
}

}  // namespace

double contrast(std::string_view a, std::string_view b) {
  const auto [low, high] = std::minmax({luminance(a), luminance(b)});
  return (high + 0.05) / (low + 0.05);
}

Palette read_palette(Fields& colours, std::string_view scheme, const Palette& own,
                     Mistakes& mistakes) {
  Palette given;
  const NodePtr node = colours.find(scheme);
  if (!node) return given;
  Fields fields(node, "`" + std::string(scheme) + "`", mistakes);
  for (const Named& one : kBehind) given.*one.colour = read_colour(fields, one.key);
  for (const Named& one : kWritten) given.*one.colour = read_colour(fields, one.key);
  given.line = read_colour(fields, "line");
  need_contrast(fields, given, own);
  fields.refuse_rest();
  return given;
}

}  // namespace signalbox::config
