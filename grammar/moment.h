// Points in time as people write them in a window, and the instants they mean.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "base/zone.h"

namespace signalbox::grammar {

/// `[ YYYY-MM-DD ( " " | "T" ) ] HH:MM [ "Z" | ( "+" | "-" ) HH:MM ]`.
struct Moment {
  std::optional<std::chrono::year_month_day> date;
  std::chrono::minutes time{};                 ///< since midnight
  std::optional<std::chrono::minutes> offset;  ///< from UTC; none: the page's zone
};

/// Reads all of `text` (capitals, plain ASCII); nothing when it is no moment of the calendar.
std::optional<Moment> read_moment(std::string_view text);
/// Reads `1*( number ( "M" | "H" | "D" ) )`, blanks between allowed; nothing for anything else,
/// nought, or more than ten years. A day is 24 hours.
std::optional<Duration> read_length(std::string_view text);

/// The instant meant. Without a date, the first such time at or after `least`; both passes of an
/// hour that an autumn change repeats count. With a date, Zone::instant() decides: the first pass,
/// and of a time that a spring change skips the moment of the change.
Time instant_of(const Moment& moment, const Zone& zone, Time least);

/// How Moment is written: `2026-12-01 02:00+01:00`, `…Z` in UTC. Seconds are cut.
std::string write_moment(Time t, const Zone& zone);

}  // namespace signalbox::grammar
