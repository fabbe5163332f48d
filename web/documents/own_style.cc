#include "web/documents/own_style.h"

#include <array>
#include <string_view>

namespace signalbox::web {
namespace {

struct Token {
  std::string_view name;
  std::string Palette::*colour;
};
constexpr std::array<Token, 4> kPlain = {{{"link", &Palette::link},
                                          {"line", &Palette::line},
                                          {"ink", &Palette::text},
                                          {"soft", &Palette::soft}}};
constexpr std::array<Token, 2> kBehind = {{{"bg", &Palette::background}, {"card", &Palette::card}}};
constexpr std::array<Token, 5> kStates = {{{"up", &Palette::up},
                                           {"issue", &Palette::issue},
                                           {"down", &Palette::down},
                                           {"maint", &Palette::maint},
                                           {"unknown", &Palette::unknown}}};

template <typename Tokens>
std::string set(const Palette& palette, const Tokens& tokens) {
  std::string text;
  for (const Token& token : tokens) {
    const std::string& colour = palette.*token.colour;
    if (!colour.empty()) text += "--" + std::string(token.name) + ":" + colour + ";";
  }
  return text;
}

/// Our tints fit our colours only: behind others is the card's colour, against which each was held.
std::string without_tints() {
  std::string text;
  for (const Token& token : kStates) text += "--" + std::string(token.name) + "-bg:var(--card);";
  return text;
}

std::string root_rule(const Palette& palette) {
  const std::string text = set(palette, kPlain);
  const std::string tinted = set(palette, kBehind) + set(palette, kStates);
  const bool tints_fit = tinted.empty() && palette.text.empty() && palette.soft.empty();
  const std::string all = text + tinted + (tints_fit ? "" : without_tints());
  return all.empty() ? all : ":root{" + all + "}";
}

}  // namespace

std::string own_style(const PageFacts& page) {
  if (page.look == nullptr) return {};
  const std::string light = root_rule(page.look->light);
  const std::string dark = root_rule(page.look->dark);
  std::string text;
  if (!light.empty()) text += "@media screen and (prefers-color-scheme:light){" + light + "}\n";
  if (!dark.empty()) text += "@media screen and (prefers-color-scheme:dark){" + dark + "}\n";
  return text + page.look->css;
}

}  // namespace signalbox::web
