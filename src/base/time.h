// Instants, lengths of time, and the clock that is handed to whoever needs to know what time it is.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox {

/// A length of time, in milliseconds.
using Duration = std::chrono::milliseconds;
/// An instant of the wall clock, UTC, in milliseconds since 1970.
using Time = std::chrono::sys_time<Duration>;
/// An instant of the monotonic clock; only differences mean anything.
using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, Duration>;

/// What time it is. The core never holds one: it is told `now`. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  /// The wall clock. May jump in both directions.
  virtual Time now() const = 0;
  /// The monotonic clock, for durations.
  virtual SteadyTime steady() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
 public:
  Time now() const override;
  SteadyTime steady() const override;
};

/// `2026-11-21T04:30:00.000Z`.
std::string iso(Time t);
/// As iso() without milliseconds: `2026-11-21T04:30:00Z`.
std::string iso_seconds(Time t);
/// Reads ISO-8601 with a date, a time (seconds and fraction optional) and `Z` or an offset; nullopt
/// for anything else.
std::optional<Time> parse_iso(std::string_view text);
/// Reads `500ms`, `10s`, `5m`, `2h`, `1d` (a whole number and one unit); nullopt for anything else.
std::optional<Duration> parse_duration(std::string_view text);
/// The shortest exact form parse_duration() reads: `90s`, `5m`, `2h`.
std::string to_text(Duration d);

}  // namespace signalbox
