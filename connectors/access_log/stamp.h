// The times that logs write: their own form, ISO, seconds since 1970.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/time.h"

namespace signalbox::connectors::access_log {

/// Reads times. Lines of one log mostly share their second with the one before, and nearly always
/// their day and zone: what was worked out is remembered until another comes. One a thread.
class Stamps {
 public:
  /// `21/Nov/2026:01:18:34 +0000`, as between the brackets of the common format; nothing for
  /// anything else.
  std::optional<Time> common(std::string_view text);
  /// common(), ISO-8601, or seconds since 1970 with or without decimals (`$msec`).
  std::optional<Time> any(std::string_view text);

 private:
  bool same_day(std::string_view text) const;

  std::array<char, 26> text_{};  // what common() last read
  Time time_{};                  // and what it meant
  Time midnight_{};              // the beginning of its day
};

/// A whole number without a sign; nothing for anything else.
std::optional<int> whole_number(std::string_view digits);
/// `12.345` or `12` as milliseconds, rounded; nothing for anything else or for more than 115 days.
std::optional<Duration> decimal_seconds(std::string_view text);

}  // namespace signalbox::connectors::access_log
