// Where reading X goes on: the highest id seen of each stream.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::connectors::twitter {

/// Ids, each "" where that stream was not read before: what is there by then is no news.
struct Cursors {
  std::string timeline;
  std::string mentions;
};

/// "TIMELINE/MENTIONS"; the timeline's id alone where mentions are not read.
std::string to_text(const Cursors& cursors);
Cursors read_cursors(std::string_view text);

}  // namespace signalbox::connectors::twitter
