#include "connectors/access_log/line.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace signalbox::connectors::access_log {
namespace {

using std::string_view;

constexpr std::size_t kNone = string_view::npos;

std::optional<int> number(string_view digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.starts_with('-')) {
    return {};
  }
  return value;
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
  if (text.size() != 5 || (text[0] != '+' && text[0] != '-')) return {};
  const auto digits = number(text.substr(1));
  if (!digits) return {};
  const std::chrono::minutes size(*digits / 100 * 60 + *digits % 100);
  return text[0] == '-' ? -size : size;
}

/// `21/Nov/2026:01:18:34 +0000`.
std::optional<Time> common_time(string_view text) {
  if (text.size() != 26 || text[2] != '/' || text[6] != '/' || text[11] != ':' || text[20] != ' ') {
    return {};
  }
  const auto day = number(text.substr(0, 2));
  const auto in_year = month(text.substr(3, 3));
  const auto year = number(text.substr(7, 4));
  const auto hour = number(text.substr(12, 2));
  const auto minute = number(text.substr(15, 2));
  const auto second = number(text.substr(18, 2));
  const auto zone = offset(text.substr(21));
  if (!day || !in_year || !year || !hour || !minute || !second || !zone) return {};
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(*in_year),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return {};
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second) - *zone;
}

/// The bracketed time before the request, and where the request's quote opens.
struct Stamp {
  Time time;
  std::size_t bracket = 0;
  std::size_t quote = 0;
};

std::optional<Stamp> find_stamp(string_view text) {
  for (std::size_t at = text.find('['); at != kNone; at = text.find('[', at + 1)) {
    const std::size_t close = text.find("] \"", at);
    if (close == kNone) return {};
    // A user's name may hold brackets: the time is in the last ones before the quote.
    at = text.rfind('[', close);
    const string_view inside = text.substr(at + 1, close - at - 1);
    auto time = common_time(inside);
    if (!time) time = parse_iso(inside);
    if (time) return Stamp{*time, at, close + 2};
    at = close;
  }
  return {};
}

/// The closing quote of the field whose opening one is at `open`; servers write `\"` or `\x22` for
/// a quote inside.
std::size_t closing_quote(string_view text, std::size_t open) {
  for (std::size_t at = open + 1; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at;
    }
  }
  return kNone;
}

/// `GET /path?query HTTP/1.1`.
string_view path_of(string_view request) {
  const std::size_t blank = request.find(' ');
  if (blank == kNone) return "";
  const string_view target = request.substr(blank + 1);
  return target.substr(0, std::min(target.find(' '), target.find('?')));
}

/// vhost_combined has four fields before the time, the first with a port; the others have three or
/// a syslog prefix.
string_view host_of(string_view before_time) {
  const string_view first = before_time.substr(0, before_time.find(' '));
  const std::size_t colon = first.rfind(':');
  const auto blanks = std::count(before_time.begin(), before_time.end(), ' ');
  if (colon == kNone || blanks != 4 || !number(first.substr(colon + 1))) return "";
  return first.substr(0, colon);
}

std::optional<Duration> seconds_of(string_view token) {
  double value = 0;
  const auto [end, error] =
      std::from_chars(token.data(), token.data() + token.size(), value, std::chars_format::fixed);
  if (error != std::errc() || end != token.data() + token.size() || !(value >= 0 && value < 1e7)) {
    return {};
  }
  return Duration(static_cast<Duration::rep>(value * 1000 + 0.5));
}

std::optional<Duration> whole(string_view token, Unit unit) {
  const auto value = number(token);
  if (!value) return {};
  switch (unit) {
    case Unit::none:
      return {};
    case Unit::seconds:
      return std::chrono::seconds(*value);
    case Unit::milliseconds:
      return Duration(*value);
    case Unit::microseconds:
      return std::chrono::duration_cast<Duration>(std::chrono::microseconds(*value));
  }
  return {};
}

std::optional<Duration> time_of(string_view token, Unit unit) {
  const bool named = token.starts_with("rt=") || token.starts_with("request_time=");
  if (named) token.remove_prefix(token.find('=') + 1);
  if (named || token.find('.') != kNone) return seconds_of(token);
  return whole(token, unit);
}

/// The first request time among the fields of `rest`; quoted ones are passed over.
std::optional<Duration> request_time(string_view rest, Unit unit) {
  for (std::size_t at = 0; at < rest.size();) {
    if (rest[at] == ' ') {
      ++at;
    } else if (rest[at] == '"') {
      const std::size_t close = closing_quote(rest, at);
      if (close == kNone) return {};
      at = close + 1;
    } else {
      const std::size_t end = std::min(rest.find(' ', at), rest.size());
      if (const auto time = time_of(rest.substr(at, end - at), unit)) return time;
      at = end;
    }
  }
  return {};
}

}  // namespace

std::optional<Line> parse_line(string_view text, Unit whole_numbers) {
  if (text.ends_with('\r')) text.remove_suffix(1);
  const auto stamp = find_stamp(text);
  if (!stamp) return {};
  const std::size_t close = closing_quote(text, stamp->quote);
  if (close == kNone || close + 5 > text.size() || text[close + 1] != ' ') return {};
  const auto status = number(text.substr(close + 2, 3));
  if (!status || *status < 100 || *status > 599) return {};
  string_view rest = text.substr(close + 5);
  if (!rest.empty() && rest[0] != ' ') return {};
  if (!rest.empty()) rest.remove_prefix(1);
  rest.remove_prefix(std::min(rest.find(' '), rest.size()));  // the size
  Line line;
  line.host = host_of(text.substr(0, stamp->bracket));
  line.path = path_of(text.substr(stamp->quote + 1, close - stamp->quote - 1));
  line.status = *status;
  line.time = stamp->time;
  line.request_time = request_time(rest, whole_numbers);
  return line;
}

}  // namespace signalbox::connectors::access_log
