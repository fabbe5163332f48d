// The window in a head: `[2026-12-01 02:00/2h]`, `[until 18:00]`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/time.h"
#include "base/zone.h"
#include "grammar/words.h"

namespace signalbox::grammar {

/// From when until when something is stated.
struct Window {
  std::optional<Time> from;  ///< none: from the post on
  Time until{};
};

/// Why there is no window, as in Mistake.
struct Misfit {
  std::string reason;
  std::string what;
};

/// Reads what stands between the brackets of a head with `word`. `now` resolves times without a
/// date; the start of the current minute is the earliest start that a time of day may mean, so that
/// "now" is said by the clock's own figures.
std::variant<Window, Misfit> read_window(std::string_view inside, const Word& word,
                                         const Zone& zone, Time now);

/// Whether `inside` has the form of a window, whatever its times mean.
bool has_window_form(std::string_view inside);

}  // namespace signalbox::grammar
