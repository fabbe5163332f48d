#include "web/charts/words.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "base/text.h"

namespace signalbox::web::charts {
namespace {

/// `number` with at most `decimals` of them, none of them a closing zero.
std::string trimmed(double number, int decimals) {
  if (decimals == 0) return std::to_string(std::llround(number));
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, number);
  std::string trimmed = text.data();
  if (trimmed.find('.') == std::string::npos) return trimmed;
  trimmed.erase(trimmed.find_last_not_of('0') + 1);
  if (trimmed.back() == '.') trimmed.pop_back();
  return trimmed;
}

std::string day_and_month(unsigned day, unsigned month) {
  static constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return std::to_string(day) + " " + kMonths[(month - 1) % kMonths.size()];
}

}  // namespace

std::string seconds_text(double seconds) {
  if (seconds < 90) return trimmed(std::max(1.0, std::round(seconds)), 0) + " s";
  if (seconds < 90 * 60) return trimmed(seconds / 60, 0) + " min";
  return trimmed(seconds / 3600, 1) + " h";
}

std::string took_text(Duration took) {
  const auto millis = static_cast<double>(took.count());
  if (millis < 1000) return trimmed(millis, 0) + " ms";
  return trimmed(millis / 1000, millis < 10'000 ? 2 : 1) + " s";
}

std::string short_date(Time t) {
  const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(t));
  return day_and_month(static_cast<unsigned>(date.day()), static_cast<unsigned>(date.month()));
}

std::string short_date(const Zone& zone, Time t) {
  const auto midnight = parse_iso(zone.date_text(t) + "T00:00:00Z");
  return short_date(midnight.value_or(t));
}

std::string clock(const Zone& zone, Time t) { return zone.clock_text(t).substr(0, 5); }

std::string scale_text(double share) { return trimmed(share * 100, 2) + "%"; }

std::string share_text(const Sums& sums) { return percent(sums.good, sums.total, 3) + "%"; }

}  // namespace signalbox::web::charts
