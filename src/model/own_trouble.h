// Trouble of our own that readers must know.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace signalbox {

/// One of them; pages have the words.
struct OwnTrouble {
  enum class Kind : std::uint8_t {
    unread,  ///< a record could not be read, and what it said is missing
    unsaved  ///< nothing was saved since, and the page shows what was known then
  };
  Kind kind = Kind::unread;
  Time since{};  ///< of unsaved

  bool operator==(const OwnTrouble&) const = default;
};

}  // namespace signalbox
