#include "net/http_date.h"

#include <array>
#include <charconv>

namespace signalbox::net {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// The digits at `from`; -1 when something else stands there.
int digits(std::string_view text, std::size_t from, std::size_t count) {
  const std::string_view part = text.substr(from, count);
  int value = 0;
  const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), value);
  return problem == std::errc{} && end == part.data() + part.size() ? value : -1;
}

unsigned month_number(std::string_view name) {
  for (unsigned i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i] == name) return i + 1;
  }
  return 0;
}

}  // namespace

std::optional<Time> parse_http_date(std::string_view text) {
  // "Sun, 06 Nov 1994 08:49:37 GMT": every part has its fixed place.
  if (text.size() != 29 || text.substr(25) != " GMT" || text[4] != ' ') return std::nullopt;
  const int day = digits(text, 5, 2);
  const int year = digits(text, 12, 4);
  const unsigned month = month_number(text.substr(8, 3));
  const int hour = digits(text, 17, 2);
  const int minute = digits(text, 20, 2);
  const int second = digits(text, 23, 2);
  if (day < 1 || year < 1970 || month == 0 || hour < 0 || hour > 23) return std::nullopt;
  if (minute < 0 || minute > 59 || second < 0 || second > 60) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return Time(std::chrono::sys_days(date)) + std::chrono::hours(hour) +
         std::chrono::minutes(minute) + std::chrono::seconds(second);
}

}  // namespace signalbox::net
