// What goes above each kind of document: its type, and what it may load.
#pragma once

#include <cstdint>

#include "web/publisher.h"

namespace signalbox::web {

enum class Kind : std::uint8_t {
  html,
  charts,  ///< a page with charts: where script runs, they can be explored
  wall,    ///< follows the live stream where script runs
  embed,   ///< may be framed by any page
  json,
  atom,
  rss,
  feed,
  svg,
  calendar,
  text,
  asset,  ///< kept by browsers for ever: its name changes with its content
};

/// Whether people read it: HTML, said in a language.
bool is_page(Kind kind);
Heading heading_of(Kind kind, const PageFacts& page);

}  // namespace signalbox::web
