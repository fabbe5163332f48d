#include "web/documents/question.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace signalbox::web {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::array<Duration, 14> kSteps = {
    minutes(1), minutes(5), minutes(10), minutes(15), minutes(30), hours(1), hours(3),
    hours(6),   hours(12),  days(1),     days(7),     days(30),    days(90), days(365)};
constexpr Duration kLongestStep = days(366);
constexpr std::int64_t kLastSecond = 253402300799;  // the end of the year 9999

std::optional<int> hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

std::string decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high = i + 2 < text.size() && text[i] == '%' ? hex(text[i + 1]) : std::nullopt;
    const auto low = high ? hex(text[i + 2]) : std::nullopt;
    if (!low) {
      plain += text[i];
      continue;
    }
    plain += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  return plain;
}

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number <= kLastSecond ? std::optional(number) : std::nullopt;
}

/// `2026-10-01`: when that day begins.
std::optional<Time> day(std::string_view text, const Zone& zone) {
  constexpr std::size_t kDateSize = 10;
  if (text.size() != kDateSize) return std::nullopt;
  const auto midnight = parse_iso(std::string(text) + "T00:00:00Z");
  if (!midnight) return std::nullopt;
  return zone.instant(LocalTime(midnight->time_since_epoch()));
}

/// Given, or `otherwise`.
Result<Time> instant(std::string_view query, std::string_view key, Time otherwise,
                     const Zone& zone) {
  const auto given = parameter(query, key);
  if (!given || given->empty()) return otherwise;
  if (const auto seconds = whole(*given)) return Time(std::chrono::seconds(*seconds));
  auto time = parse_iso(*given);
  if (!time) time = day(*given, zone);
  if (time && *time >= Time{}) return *time;
  return invalid(std::string(key) +
                 " is no time: write 2026-10-01, 2026-10-01T00:00:00Z, or seconds since 1970");
}

Result<std::optional<Duration>> step_given(std::string_view query) {
  const auto given = parameter(query, "step");
  if (!given || given->empty()) return std::optional<Duration>();
  auto step = parse_duration(*given);
  const auto seconds = whole(*given);
  if (seconds && *seconds <= kLongestStep / std::chrono::seconds(1)) {
    step = std::chrono::seconds(*seconds);
  }
  if (step && *step > Duration(0) && *step % minutes(1) == Duration(0) && *step <= kLongestStep) {
    return step;
  }
  return invalid("step is whole minutes up to 366d: write 5m, 1h or 1d");
}

Time down(Time t, Duration step) { return t - t.time_since_epoch() % step; }

Time up(Time t, Duration step) { return down(t + step - Duration(1), step); }

std::int64_t rows(Time from, Time to, Duration step) {
  return (up(to, step) - down(from, step)) / step;
}

/// The finest usual step of at most `most` rows, or the coarsest.
Duration step_for(Time from, Time to, std::int64_t most) {
  for (const Duration step : kSteps) {
    if (rows(from, to, step) <= most) return step;
  }
  return kSteps.back();
}

Error too_many(Time from, Time to, Duration step) {
  return invalid(std::to_string(rows(from, to, step)) + " rows of " + to_text(step) +
                 " are more than the " + std::to_string(kMostRows) +
                 " an answer may have: ask for step=" + to_text(step_for(from, to, kMostRows)) +
                 " or coarser, or for less time");
}

}  // namespace

std::optional<std::string> parameter(std::string_view query, std::string_view key) {
  for (const std::string_view part : split(query, '&')) {
    const auto equals = part.find('=');
    if (decoded(part.substr(0, equals)) != key) continue;
    return equals == std::string_view::npos ? "" : decoded(part.substr(equals + 1));
  }
  return std::nullopt;
}

Result<Stretch> stretch_of(std::string_view service, std::string_view query, Time now,
                           const Zone& zone) {
  const auto asked_to = instant(query, "to", now, zone);
  if (!asked_to) return asked_to.error();
  const Time to = std::min(*asked_to, now);
  const Time day_before = Time(std::max(Duration(0), (to - hours(24)).time_since_epoch()));
  const auto from = instant(query, "from", day_before, zone);
  if (!from) return from.error();
  if (*from >= to) return invalid("from must be before to, and in the past");
  const auto given = step_given(query);
  if (!given) return given.error();
  const Duration step = given->value_or(step_for(*from, to, kUsualRows));
  if (rows(*from, to, step) > kMostRows) return too_many(*from, to, step);
  return Stretch{std::string(service), down(*from, step), up(to, step), step};
}

}  // namespace signalbox::web
