#include "connectors/access_log/stamp.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstring>

namespace signalbox::connectors::access_log {
namespace {

using std::string_view;

constexpr std::size_t kZoneAt = 20;  // before the blank of " +0000"

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Two digits; -1 when they are none.
int pair_at(string_view text, std::size_t at) {
  if (!is_digit(text[at]) || !is_digit(text[at + 1])) return -1;
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

std::optional<unsigned> month(string_view name) {
  constexpr std::array<string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto found = std::find(kMonths.begin(), kMonths.end(), name);
  if (found == kMonths.end()) return {};
  return static_cast<unsigned>(found - kMonths.begin()) + 1;
}

/// `+0100`.
std::optional<std::chrono::minutes> offset(string_view text) {
  if (text[0] != '+' && text[0] != '-') return {};
  const auto digits = whole_number(text.substr(1));
  if (!digits) return {};
  const std::chrono::minutes size(*digits / 100 * 60 + *digits % 100);
  return text[0] == '-' ? -size : size;
}

/// The beginning of the day of `21/Nov/2026:…… +0100`.
std::optional<Time> midnight(string_view text) {
  if (text[2] != '/' || text[6] != '/' || text[11] != ':' || text[kZoneAt] != ' ') return {};
  const auto day = whole_number(text.substr(0, 2));
  const auto in_year = month(text.substr(3, 3));
  const auto year = whole_number(text.substr(7, 4));
  const auto zone = offset(text.substr(kZoneAt + 1));
  if (!day || !in_year || !year || !zone) return {};
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*in_year),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return {};
  return std::chrono::sys_days(date) - *zone;
}

}  // namespace

std::optional<Time> Stamps::newly(string_view text) {
  if (text.size() != kSize) return {};
  const auto begins = midnight(text);
  const int hour = pair_at(text, 12);
  const int minute = pair_at(text, 15);
  const int second = pair_at(text, 18);
  const bool wrong = !begins || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
                     second > 60 || text[14] != ':' || text[17] != ':';
  if (wrong) return {};
  std::memcpy(text_.data(), text.data(), kSize);
  minute_ = *begins + std::chrono::minutes(hour * 60 + minute);
  return minute_ + std::chrono::seconds(second);
}

std::optional<Time> Stamps::any(string_view text) {
  if (const auto time = common(text)) return time;
  if (const auto time = parse_iso(text)) return time;
  const string_view whole = text.substr(0, text.find('.'));
  constexpr std::size_t kSecondsSize = 10;  // from 2001 to 2286
  if (whole.size() != kSecondsSize || !std::all_of(whole.begin(), whole.end(), is_digit)) return {};
  long long seconds = 0;
  std::from_chars(whole.data(), whole.data() + whole.size(), seconds);
  const string_view rest = text.substr(whole.size());
  const auto fraction = rest.empty() ? Duration(0) : decimal_seconds(rest);
  if (!fraction) return {};
  return Time(std::chrono::seconds(seconds)) + *fraction;
}

std::optional<int> whole_number(string_view digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.starts_with('-')) {
    return {};
  }
  return value;
}

std::optional<Duration> decimal_seconds(string_view text) {
  if (usual_seconds(text)) {
    const auto digit = [&](std::size_t at) { return text[at] - '0'; };
    return Duration(digit(0) * 1000 + digit(2) * 100 + digit(3) * 10 + digit(4));
  }
  constexpr std::int64_t kMost = 10'000'000;
  std::int64_t value = 0;
  std::size_t at = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) {
    value = value * 10 + (text[at] - '0');
    if (value >= kMost) return {};
  }
  const std::size_t digits = at;
  value *= 1000;
  if (at < text.size() && text[at] == '.') ++at;
  std::int64_t worth = 100;
  for (const std::size_t point = at; at < text.size() && is_digit(text[at]); ++at, worth /= 10) {
    if (at - point == 3 && text[at] >= '5') value += 1;
    value += worth * (text[at] - '0');
  }
  const bool any = digits > 0 || (at > 1 && text[0] == '.');
  if (!any || at != text.size()) return {};
  return Duration(value);
}

}  // namespace signalbox::connectors::access_log
