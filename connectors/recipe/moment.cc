#include "connectors/recipe/moment.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/text.h"

namespace signalbox::connectors::recipe {
namespace {

std::optional<int> whole(std::string_view text) {
  int value = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool fits = wrong == std::errc() && end == text.data() + text.size() && value >= 0;
  return fits ? std::optional(value) : std::nullopt;
}

/// Words parted by white space, without the day of the week.
std::vector<std::string_view> words_of(std::string_view text) {
  const auto comma = text.find(',');
  if (comma != std::string_view::npos) text.remove_prefix(comma + 1);
  std::vector<std::string_view> words;
  for (const auto word : split(text, ' ')) {
    if (!word.empty()) words.push_back(word);
  }
  return words;
}

std::optional<unsigned> month_of(std::string_view name) {
  constexpr std::array<std::string_view, 12> kNames = {"jan", "feb", "mar", "apr", "may", "jun",
                                                       "jul", "aug", "sep", "oct", "nov", "dec"};
  const auto found = std::find(kNames.begin(), kNames.end(), to_lower(name.substr(0, 3)));
  if (found == kNames.end()) return std::nullopt;
  return static_cast<unsigned>(found - kNames.begin()) + 1;
}

/// `HH:MM` or `HH:MM:SS`, since midnight.
std::optional<Duration> clock_of(std::string_view text) {
  const auto parts = split(text, ':');
  if (parts.size() < 2 || parts.size() > 3) return std::nullopt;
  std::array<int, 3> numbers{};
  constexpr std::array<int, 3> kMost = {23, 59, 60};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = parts[i].size() <= 2 ? whole(parts[i]) : std::nullopt;
    if (!number || *number > kMost[i]) return std::nullopt;
    numbers[i] = *number;
  }
  return std::chrono::hours(numbers[0]) + std::chrono::minutes(numbers[1]) +
         std::chrono::seconds(numbers[2]);
}

/// What a zone is ahead of UTC.
std::optional<Duration> zone_of(std::string_view text) {
  using std::chrono::hours;
  constexpr std::array<std::pair<std::string_view, int>, 12> kNamed = {{{"GMT", 0},
                                                                        {"UT", 0},
                                                                        {"UTC", 0},
                                                                        {"Z", 0},
                                                                        {"EST", -5},
                                                                        {"EDT", -4},
                                                                        {"CST", -6},
                                                                        {"CDT", -5},
                                                                        {"MST", -7},
                                                                        {"MDT", -6},
                                                                        {"PST", -8},
                                                                        {"PDT", -7}}};
  for (const auto& [name, ahead] : kNamed) {
    if (text == name) return hours(ahead);
  }
  if (text.size() != 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto number = whole(text.substr(1));
  if (!number || *number / 100 > 14 || *number % 100 > 59) return std::nullopt;
  const Duration ahead = hours(*number / 100) + std::chrono::minutes(*number % 100);
  return text[0] == '-' ? -ahead : ahead;
}

/// `Sat, 21 Nov 2026 04:30:00 +0100`.
std::optional<Time> parse_mail_date(std::string_view text) {
  const auto words = words_of(text);
  if (words.size() != 5) return std::nullopt;
  const auto day = whole(words[0]);
  const auto month = month_of(words[1]);
  const auto year = words[2].size() == 4 ? whole(words[2]) : std::nullopt;
  const auto since_midnight = clock_of(words[3]);
  const auto ahead = zone_of(words[4]);
  if (!day || !month || !year || !since_midnight || !ahead) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*month),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return Time(std::chrono::sys_days(date)) + *since_midnight - *ahead;
}

/// Of ten digits seconds, of thirteen milliseconds.
std::optional<Time> parse_since_1970(std::string_view text) {
  long long value = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (wrong != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (text.size() != 10 && text.size() != 13) return std::nullopt;
  return Time(Duration(text.size() == 10 ? value * 1000 : value));
}

}  // namespace

std::optional<Time> parse_moment(std::string_view text) {
  const std::string_view trimmed = trim(text);
  if (trimmed.size() > 60) return std::nullopt;
  if (const auto time = parse_iso(trimmed)) return time;
  if (const auto time = parse_since_1970(trimmed)) return time;
  return parse_mail_date(trimmed);
}

}  // namespace signalbox::connectors::recipe
