// How an operator wants the page to look: what differs from the look it has by itself.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace signalbox {

/// How a page is laid out.
enum class Theme : std::uint8_t {
  standard,
  classic,  ///< a column a service, then a row a day
};

/// Colours of one scheme as `#rrggbb`; "" where the page's own is kept.
struct Palette {
  std::string background = {};  ///< behind everything
  std::string card = {};        ///< behind services and incidents
  std::string text = {};
  std::string soft = {};  ///< of what matters less
  std::string line = {};
  std::string link = {};
  std::string up = {}, issue = {}, down = {}, maint = {}, unknown = {};  ///< of states

  bool operator==(const Palette&) const = default;
};

/// The page's own colours: what style sheets fall back to, and what an operator's are held against.
inline Palette light_palette() {
  return {"#f6f7f9", "#ffffff", "#1b2128", "#56616d", "#dfe3e8", "#0b5cad",
          "#007a5e", "#a85400", "#c0202b", "#2563b8", "#5f6973"};
}
inline Palette dark_palette() {
  return {"#12161b", "#1a2027", "#e6eaee", "#9ba7b3", "#2e3742", "#78b4f5",
          "#5bd6b8", "#ffb454", "#ff6b74", "#79aef5", "#a6b0ba"};
}

/// Read once from the configuration, never changed, shared by all snapshots.
struct Look {
  Theme theme = Theme::standard;
  std::string logo;    ///< a picture as `data:` URL; "" for none
  Palette light;       ///< what replaces the page's own colours
  Palette dark;        ///< the same, for readers who prefer dark
  std::string header;  ///< plain text with links, above the headline; "" for none
  std::string footer;  ///< the same, below everything
  std::string css;     ///< the operator's own rules, after ours; without `</style`

  bool operator==(const Look&) const = default;
};
using LookPtr = std::shared_ptr<const Look>;

}  // namespace signalbox
