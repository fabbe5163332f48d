#include "base/time.h"

#include <array>
#include <charconv>
#include <utility>

namespace signalbox {

namespace {

using std::chrono::floor;

/// The last `digits` decimal digits of `value`, then `mark`. Every document is full of times: this
/// is a tenth of what snprintf costs.
char* put_number(char* at, int digits, long value, char mark) {
  for (char* digit = at + digits; digit != at; value /= 10) {
    *--digit = static_cast<char>('0' + value % 10);
  }
  at[digits] = mark;
  return at + digits + 1;
}

std::string format(Time t, bool millis) {
  const auto day = floor<std::chrono::days>(t);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss<Duration> clock(t - day);
  std::array<char, 32> text{};
  char* end = put_number(text.data(), 4, int(date.year()), '-');
  end = put_number(end, 2, unsigned(date.month()), '-');
  end = put_number(end, 2, unsigned(date.day()), 'T');
  end = put_number(end, 2, clock.hours().count(), ':');
  end = put_number(end, 2, clock.minutes().count(), ':');
  end = put_number(end, 2, clock.seconds().count(), millis ? '.' : 'Z');
  if (millis) end = put_number(end, 3, clock.subseconds().count(), 'Z');
  return {text.data(), end};
}

// Takes exactly `digits` digits off the front of `text`; -1 when they are not there.
int take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return -1;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
  if (error != std::errc() || end != text.data() + digits || text[0] == '-') return -1;
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text[0] != wanted) return false;
  text.remove_prefix(1);
  return true;
}

// A fraction of a second after its point, as milliseconds; further digits are cut.
Duration take_fraction(std::string_view& text) {
  int millis = 0;
  int scale = 100;
  while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
    millis += (text[0] - '0') * scale;
    scale /= 10;
    text.remove_prefix(1);
  }
  return Duration(millis);
}

std::optional<std::chrono::sys_days> take_date(std::string_view& text) {
  const int year = take_number(text, 4);
  if (year < 0 || !take(text, '-')) return std::nullopt;
  const int month = take_number(text, 2);
  if (month < 0 || !take(text, '-')) return std::nullopt;
  const int day = take_number(text, 2);
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(unsigned(month)),
                                         std::chrono::day(unsigned(day < 0 ? 0 : day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

std::optional<Duration> take_clock(std::string_view& text) {
  const int hours = take_number(text, 2);
  if (hours < 0 || hours > 23 || !take(text, ':')) return std::nullopt;
  const int minutes = take_number(text, 2);
  if (minutes < 0 || minutes > 59) return std::nullopt;
  Duration clock = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  if (!take(text, ':')) return clock;
  const int seconds = take_number(text, 2);
  if (seconds < 0 || seconds > 60) return std::nullopt;
  clock += std::chrono::seconds(seconds);
  if (take(text, '.')) clock += take_fraction(text);
  return clock;
}

// `Z`, `+HH:MM`, `+HHMM`.
std::optional<Duration> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return Duration(0);
  const bool minus = !text.empty() && text[0] == '-';
  if (!take(text, '+') && !take(text, '-')) return std::nullopt;
  const int hours = take_number(text, 2);
  take(text, ':');
  const int minutes = take_number(text, 2);
  if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) return std::nullopt;
  const Duration offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return minus ? -offset : offset;
}

constexpr std::array<std::pair<std::string_view, long long>, 5> kUnits{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

}  // namespace

Time SystemClock::now() const { return floor<Duration>(std::chrono::system_clock::now()); }

SteadyTime SystemClock::steady() const { return floor<Duration>(std::chrono::steady_clock::now()); }

std::string iso(Time t) { return format(t, true); }
std::string iso_seconds(Time t) { return format(t, false); }

std::optional<Time> parse_iso(std::string_view text) {
  const auto day = take_date(text);
  if (!day || !(take(text, 'T') || take(text, 't') || take(text, ' '))) return std::nullopt;
  const auto clock = take_clock(text);
  if (!clock) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return Time(*day) + *clock - *offset;
}

std::optional<Duration> parse_duration(std::string_view text) {
  long long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0) return std::nullopt;
  const std::string_view unit(end, std::size_t(text.data() + text.size() - end));
  for (const auto& [name, millis] : kUnits) {
    if (unit != name) continue;
    if (number > 400'000'000'000 / millis) return std::nullopt;  // a dozen years: more is a slip
    return Duration(number * millis);
  }
  return std::nullopt;
}

std::string to_text(Duration d) {
  for (const auto& [name, millis] : kUnits) {
    if (d.count() != 0 && d.count() % millis == 0) {
      return std::to_string(d.count() / millis) + std::string(name);
    }
  }
  return "0s";
}

}  // namespace signalbox
