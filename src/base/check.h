// A promise of our own that stays checked in release: a broken one ends the process with a line
// that says which.
#pragma once

#include <source_location>
#include <string_view>

namespace signalbox {

/// Prints `what` with its place to stderr and aborts.
[[noreturn]] void broken_promise(std::string_view what, const std::source_location& where);

/// Aborts with `what` unless `holds`.
inline void check(bool holds, std::string_view what,
                  const std::source_location& where = std::source_location::current()) {
  if (!holds) broken_promise(what, where);
}

}  // namespace signalbox
