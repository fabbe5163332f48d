// A promise of our own that stays checked in release: a broken one ends the process with a line
// that says which.
#pragma once

#include <string_view>

namespace signalbox {

/// Prints `what` with its place to stderr and aborts. The place is the caller's, unless given (the
/// compiler's own words for it: clang 14 has no std::source_location).
[[noreturn]] void broken_promise(std::string_view what, const char* file = __builtin_FILE(),
                                 int line = __builtin_LINE());

/// Aborts with `what` unless `holds`.
inline void check(bool holds, std::string_view what, const char* file = __builtin_FILE(),
                  int line = __builtin_LINE()) {
  if (!holds) broken_promise(what, file, line);
}

}  // namespace signalbox
