#include "grammar/moment.h"

#include <algorithm>
#include <charconv>

namespace signalbox::grammar {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::minutes;

constexpr Duration kLongest = days(3660);

/// Takes a moment apart from left to right; each step takes what it can, and says what that was.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool at_end() const { return text_.empty(); }
  bool skip(char c) {
    if (!text_.starts_with(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool skip_blanks() {
    const std::size_t size = std::min(text_.find_first_not_of(' '), text_.size());
    text_.remove_prefix(size);
    return size > 0;
  }
  /// Exactly `digits` digits.
  std::optional<int> number(std::size_t digits) {
    if (text_.size() < digits) return {};
    const std::string_view part = text_.substr(0, digits);
    if (part.find_first_not_of("0123456789") != std::string_view::npos) return {};
    int value = 0;
    std::from_chars(part.data(), part.data() + part.size(), value);
    text_.remove_prefix(digits);
    return value;
  }
  /// A run of one to seven digits.
  std::optional<int> number() {
    const std::size_t size = std::min(text_.find_first_not_of("0123456789"), text_.size());
    return size == 0 || size > 7 ? std::nullopt : number(size);
  }
  /// `HH:MM`.
  std::optional<minutes> clock() {
    const auto hour = number(2);
    if (!hour || *hour > 23 || !skip(':')) return {};
    const auto minute = number(2);
    if (!minute || *minute > 59) return {};
    return hours(*hour) + minutes(*minute);
  }
  /// `YYYY-MM-DD`.
  std::optional<std::chrono::year_month_day> date() {
    const auto year = number(4);
    if (!year || !skip('-')) return {};
    const auto month = number(2);
    if (!month || !skip('-')) return {};
    const auto day = number(2);
    if (!day) return {};
    const std::chrono::year_month_day read{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!read.ok() || *year < 1970 || *year > 9000) return {};
    return read;
  }
  /// Nothing, `Z`, or `±HH:MM`; what does not fit is left for at_end() to find.
  std::optional<minutes> offset() {
    skip_blanks();
    if (skip('Z')) return minutes(0);
    const bool west = text_.starts_with('-');
    if (!skip('-') && !skip('+')) return {};
    const auto size = clock();
    if (!size || *size > hours(14)) {
      text_ = "misfit";
      return {};
    }
    return west ? -*size : *size;
  }

 private:
  std::string_view text_;
};

bool begins_with_date(std::string_view text) { return text.size() > 4 && text[4] == '-'; }

std::optional<Duration> unit(Scanner& scanner) {
  if (scanner.skip('M')) return minutes(1);
  if (scanner.skip('H')) return hours(1);
  if (scanner.skip('D')) return days(1);
  return {};
}

Time with_date(const Moment& moment, std::chrono::local_days date, const Zone& zone) {
  const LocalTime local = date + moment.time;
  if (!moment.offset) return zone.instant(local);
  return Time(local.time_since_epoch()) - *moment.offset;
}

/// The second pass through `first`'s wall time where clocks are set back, else `first` itself.
Time second_pass(Time first, const Zone& zone) {
  const Duration back = zone.offset(first) - zone.offset(first + hours(3));
  if (back <= Duration(0)) return first;
  const Time second = first + back;
  return zone.local(second) == zone.local(first) ? second : first;
}

LocalTime local(const Moment& moment, const Zone& zone, Time t) {
  return moment.offset ? LocalTime((t + *moment.offset).time_since_epoch()) : zone.local(t);
}

}  // namespace

std::optional<Moment> read_moment(std::string_view text) {
  Scanner scanner(text);
  Moment moment;
  if (begins_with_date(text)) {
    moment.date = scanner.date();
    if (!moment.date) return {};
    if (!scanner.skip('T') && !scanner.skip_blanks()) return {};
  }
  const auto clock = scanner.clock();
  if (!clock) return {};
  moment.time = *clock;
  moment.offset = scanner.offset();
  if (!scanner.at_end()) return {};
  return moment;
}

std::optional<Duration> read_length(std::string_view text) {
  Scanner scanner(text);
  Duration length{};
  do {
    const auto count = scanner.number();
    if (!count) return {};
    const auto one = unit(scanner);
    if (!one) return {};
    length += *count * *one;
    if (length > kLongest) return {};
    scanner.skip_blanks();
  } while (!scanner.at_end());
  if (length == Duration(0)) return {};
  return length;
}

Time instant_of(const Moment& moment, const Zone& zone, Time least) {
  if (moment.date) return with_date(moment, std::chrono::local_days(*moment.date), zone);
  // The day before may still hold the second pass of an hour around midnight.
  auto day = floor<days>(local(moment, zone, least)) - days(1);
  for (;; day += days(1)) {
    const Time first = with_date(moment, day, zone);
    if (first >= least) return first;
    if (moment.offset) continue;
    const Time second = second_pass(first, zone);
    if (second >= least) return second;
  }
}

std::string write_moment(Time t, const Zone& zone) {
  std::string text = zone.iso(floor<minutes>(t));  // 2026-12-01T02:00:00+01:00
  text[10] = ' ';
  text.erase(16, 3);
  return text;
}

}  // namespace signalbox::grammar
