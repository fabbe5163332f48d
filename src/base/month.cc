#include "base/month.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace signalbox {
namespace {

using std::chrono::year_month;

Time begin_of(year_month month, const Zone& zone) {
  const std::chrono::local_days first(month / 1);
  return zone.instant(LocalTime(first.time_since_epoch()));
}

Month month_at(year_month month, const Zone& zone) {
  std::array<char, 24> name{};
  std::snprintf(name.data(), name.size(), "%04d-%02u", static_cast<int>(month.year()),
                static_cast<unsigned>(month.month()));
  return {name.data(), begin_of(month, zone), begin_of(month + std::chrono::months(1), zone)};
}

}  // namespace

std::optional<Month> parse_month(std::string_view text, const Zone& zone) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  int year = 0;
  unsigned month = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 4) continue;
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    const int digit = text[i] - '0';
    if (i < 4) year = year * 10 + digit;
    if (i > 4) month = month * 10 + static_cast<unsigned>(digit);
  }
  if (year < 1970 || month < 1 || month > 12) return std::nullopt;
  return month_at(std::chrono::year(year) / std::chrono::month(month), zone);
}

Month month_of(Time t, const Zone& zone) {
  const LocalTime local = zone.local(t);
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(local));
  return month_at(day.year() / day.month(), zone);
}

}  // namespace signalbox
