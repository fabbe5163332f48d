// The times that logs write: their own form, ISO, seconds since 1970.
#pragma once

#include <array>
#include <chrono>
#include <cstring>
#include <optional>
#include <string_view>

#include "base/time.h"

namespace signalbox::connectors::access_log {

/// Reads times. Nearly every line of a log shares its minute with the one before: what was worked
/// out is remembered until another comes. One a thread.
class Stamps {
 public:
  /// `21/Nov/2026:01:18:34 +0000`, as between the brackets of the common format; nothing for
  /// anything else.
  std::optional<Time> common(std::string_view text) {
    return same_minute(text) ? minute_ + seconds_in(text) : newly(text);
  }
  /// common(), ISO-8601, or seconds since 1970 with or without decimals (`$msec`).
  std::optional<Time> any(std::string_view text);

 private:
  static constexpr std::size_t kSize = 26;  // 21/Nov/2026:01:18:34 +0000

  /// Whether only the seconds can differ, and are some.
  bool same_minute(std::string_view text) const {
    if (text.size() != kSize) return false;
    const auto same = [&](std::size_t from, std::size_t size) {
      return std::memcmp(text.data() + from, text_.data() + from, size) == 0;
    };
    return same(0, 8) && same(8, 8) && same(16, 2) && same(20, 4) && same(24, 2) &&
           text[18] >= '0' && text[18] <= '5' && text[19] >= '0' && text[19] <= '9';
  }
  static std::chrono::seconds seconds_in(std::string_view text) {
    return std::chrono::seconds((text[18] - '0') * 10 + (text[19] - '0'));
  }
  std::optional<Time> newly(std::string_view text);

  std::array<char, kSize> text_{};  // what newly() last read
  Time minute_{};                   // and the minute of that
};

/// A whole number without a sign; nothing for anything else.
std::optional<int> whole_number(std::string_view digits);
/// `0.123`, as nginx writes nearly every time.
inline bool usual_seconds(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  return text.size() == 5 && digit(0) && text[1] == '.' && digit(2) && digit(3) && digit(4);
}
/// `12.345` or `12` as milliseconds, rounded; nothing for anything else or for more than 115 days.
std::optional<Duration> decimal_seconds(std::string_view text);

}  // namespace signalbox::connectors::access_log
