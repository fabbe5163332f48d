#include "web/documents/times.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "web/documents/say.h"

namespace signalbox::web {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// `number` with at most `decimals` of them, none of them a closing zero.
std::string shortest(double number, int decimals) {
  if (decimals == 0) return std::to_string(std::llround(number));
  std::array<char, 48> digits{};
  std::snprintf(digits.data(), digits.size(), "%.*f", decimals, number);
  std::string text = digits.data();
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string in_unit(const Language& language, std::string_view key, double number,
                    int decimals = 0) {
  return say(language, key, {{"n", figure_text(language, shortest(number, decimals))}});
}

std::string numbered(std::string_view key, unsigned number) {
  return std::string(key) + std::to_string(number);
}

}  // namespace

std::string when(const Edition& edition, Time t) {
  const Zone& zone = edition.snapshot.page.zone;
  const std::string date = zone.date_text(t);
  const std::string_view digits = date;
  return say(edition.language, "when",
             {{"y", digits.substr(0, 4)},
              {"m", digits.substr(5, 2)},
              {"d", digits.substr(8, 2)},
              {"clock", zone.clock_text(t)}});
}

std::string long_date(const Language& language, std::string_view date) {
  const auto midnight = parse_iso(std::string(date) + "T00:00:00Z");
  if (!midnight) return std::string(date);
  const auto day = std::chrono::floor<days>(*midnight);
  const std::chrono::year_month_day ymd(day);
  const auto month = static_cast<unsigned>(ymd.month());
  return say(
      language, "date.long",
      {{"weekday", language.text(numbered("weekday.", std::chrono::weekday(day).c_encoding()))},
       {"day", std::to_string(static_cast<unsigned>(ymd.day()))},
       {"month", language.text(numbered("month.", month))},
       {"year", std::to_string(static_cast<int>(ymd.year()))}});
}

std::string month_and_year(const Language& language, std::string_view month) {
  const unsigned number =
      static_cast<unsigned>(month[5] - '0') * 10 + static_cast<unsigned>(month[6] - '0');
  return say(language, "date.month",
             {{"month", language.text(numbered("month.", number))}, {"year", month.substr(0, 4)}});
}

std::string short_date(const Language& language, Time t) {
  const std::chrono::year_month_day date(std::chrono::floor<days>(t));
  const auto month = static_cast<unsigned>(date.month());
  return say(language, "date.short",
             {{"day", std::to_string(static_cast<unsigned>(date.day()))},
              {"month", language.text(numbered("month.short.", month))}});
}

std::string seconds_text(const Language& language, double length) {
  if (length < 90) return in_unit(language, "length.s", std::max(1.0, std::round(length)));
  if (length < 90 * 60) return in_unit(language, "length.min", length / 60);
  return in_unit(language, "length.h", length / 3600, 1);
}

std::string long_length(const Language& language, Duration length) {
  if (length < hours(72)) {
    return seconds_text(language, std::chrono::duration<double>(length).count());
  }
  return say_count(language, "length.days", std::chrono::round<days>(length).count());
}

std::string exact_length(const Language& language, Duration length) {
  const auto whole = [length](Duration unit) { return length % unit == Duration(0); };
  if (whole(days(1))) return say_count(language, "length.days", length / Duration(days(1)));
  if (whole(hours(1))) return in_unit(language, "length.h", static_cast<double>(length / hours(1)));
  if (whole(minutes(1))) {
    const Duration apart = length < hours(2) ? Duration(0) : length - length % hours(1);
    std::string text =
        in_unit(language, "length.min", static_cast<double>((length - apart) / minutes(1)));
    return apart > Duration(0) ? exact_length(language, apart) + " " + text : text;
  }
  if (whole(seconds(1))) {
    return in_unit(language, "length.s", static_cast<double>(length / seconds(1)));
  }
  return in_unit(language, "length.ms", static_cast<double>(length.count()));
}

std::string took_text(const Language& language, Duration took) {
  const auto millis = static_cast<double>(took.count());
  if (millis < 1000) return in_unit(language, "length.ms", millis);
  return in_unit(language, "length.s", millis / 1000, millis < 10'000 ? 2 : 1);
}

}  // namespace signalbox::web
