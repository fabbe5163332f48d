#include "connectors/access_log/line.h"

#include <algorithm>

namespace signalbox::connectors::access_log {
namespace {

using std::string_view;

constexpr std::size_t kNone = string_view::npos;

/// The bracketed time before the request, and where the request's quote opens.
struct Stamp {
  Time time{};
  std::size_t bracket = 0;
  std::size_t quote = 0;  ///< 0: there is none
};

/// The stamp of nearly every line: its bracket opens at `at`, and nothing is left to search for.
Stamp common_stamp(string_view text, std::size_t at, Stamps& stamps) {
  constexpr std::size_t kSize = 26;
  Stamp stamp;
  if (at == kNone || text.size() - at < kSize + 4) return stamp;
  const char* const after = text.data() + at + kSize + 1;
  if (after[0] != ']' || after[1] != ' ' || after[2] != '"') return stamp;
  const auto time = stamps.common(text.substr(at + 1, kSize));
  if (!time) return stamp;
  stamp.time = *time;
  stamp.bracket = at;
  stamp.quote = at + kSize + 3;
  return stamp;
}

/// The stamp of any other line, which has none before `at`.
Stamp search_stamp(string_view text, std::size_t at, Stamps& stamps) {
  Stamp stamp;
  for (; at != kNone; at = text.find('[', at + 1)) {
    const std::size_t close = text.find("] \"", at);
    if (close == kNone) return stamp;
    // A user's name may hold brackets: the time is in the last ones before the quote.
    at = text.rfind('[', close);
    const string_view inside = text.substr(at + 1, close - at - 1);
    auto time = stamps.common(inside);
    if (!time) time = parse_iso(inside);
    if (time) return Stamp{*time, at, close + 2};
    at = close;
  }
  return stamp;
}

Stamp find_stamp(string_view text, Stamps& stamps) {
  const std::size_t first = text.find('[');
  const Stamp stamp = common_stamp(text, first, stamps);
  return stamp.quote != 0 ? stamp : search_stamp(text, first, stamps);
}

/// The closing quote of the field whose opening one is at `open`; servers write `\"` or `\x22` for
/// a quote inside.
std::size_t closing_quote(string_view text, std::size_t open) {
  std::size_t quote = text.find('"', open + 1);
  if (quote == kNone || text[quote - 1] != '\\') return quote;
  for (std::size_t at = open + 1; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at;
    }
  }
  return kNone;
}

/// The end of what begins at `at` and goes on to a blank.
std::size_t end_of_word(string_view text, std::size_t at) {
  return std::min(text.find(' ', at), text.size());
}

/// vhost_combined has four fields before the time, the first with a port; the others have three or
/// a syslog prefix.
string_view host_of(string_view before_time) {
  if (before_time.find(':') == kNone) return "";
  const string_view first = before_time.substr(0, end_of_word(before_time, 0));
  const std::size_t colon = first.rfind(':');
  if (colon == kNone || !whole_number(first.substr(colon + 1))) return "";
  if (std::count(before_time.begin(), before_time.end(), ' ') != 4) return "";
  return first.substr(0, colon);
}

std::optional<Duration> whole(string_view token, Unit unit) {
  if (unit == Unit::none) return {};
  const auto value = whole_number(token);
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

/// `token` is not empty.
std::optional<Duration> time_of(string_view token, Unit unit) {
  const bool named =
      token[0] == 'r' && (token.starts_with("rt=") || token.starts_with("request_time="));
  if (named) token.remove_prefix(token.find('=') + 1);
  if (named || token.find('.') != kNone) return decimal_seconds(token);
  return whole(token, unit);
}

/// The request time of nearly every line that has one: `"referer" "agent" 0.123` and no more.
std::optional<Duration> last_of_three(string_view rest) {
  constexpr std::size_t kSize = 7;  // `" 0.123`
  if (rest.size() < kSize + 5 || rest[0] != ' ' || rest[1] != '"') return {};
  const std::size_t last = rest.size() - kSize;
  const std::size_t first = rest.find('"', 2);
  if (first == kNone || first + 3 > last || rest[first + 1] != ' ' || rest[first + 2] != '"')
    return {};
  if (rest.find('"', first + 3) != last || rest[last + 1] != ' ') return {};
  if (rest[first - 1] == '\\' || rest[last - 1] == '\\') return {};
  const string_view number = rest.substr(last + 2);
  return usual_seconds(number) ? decimal_seconds(number) : std::nullopt;
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
      const std::size_t end = end_of_word(rest, at);
      if (const auto time = time_of(rest.substr(at, end - at), unit)) return time;
      at = end;
    }
  }
  return {};
}

}  // namespace

string_view path_in(string_view request) {
  if (!request.starts_with('/')) {
    const std::size_t blank = request.starts_with("GET ") ? 3 : request.find(' ');
    if (blank == kNone) return "";
    request.remove_prefix(blank + 1);
  }
  request = request.substr(0, request.find(' '));
  return request.substr(0, request.find('?'));
}

std::optional<Duration> time_taken(string_view number, Unit whole_numbers) {
  if (const auto time = whole(number, whole_numbers)) return time;
  return decimal_seconds(number);
}

std::optional<Line> parse_combined(string_view text, Unit whole_numbers, Stamps& stamps) {
  std::optional<Line> line;  // made in place: a copy costs as much as finding what is in it
  if (text.ends_with('\r')) text.remove_suffix(1);
  const Stamp stamp = find_stamp(text, stamps);
  if (stamp.quote == 0) return line;
  const std::size_t close = closing_quote(text, stamp.quote);
  if (close == kNone || close + 5 > text.size() || text[close + 1] != ' ') return line;
  const auto status = status_in(text.substr(close + 2, 3));
  if (!status) return line;
  string_view rest = text.substr(close + 5);
  if (!rest.empty() && rest[0] != ' ') return line;
  if (!rest.empty()) rest.remove_prefix(1);
  rest.remove_prefix(end_of_word(rest, 0));  // the size
  line.emplace();
  line->host = host_of(text.substr(0, stamp.bracket));
  line->path = path_in(text.substr(stamp.quote + 1, close - stamp.quote - 1));
  line->status = *status;
  line->time = stamp.time;
  line->request_time = last_of_three(rest);
  if (!line->request_time) line->request_time = request_time(rest, whole_numbers);
  return line;
}

}  // namespace signalbox::connectors::access_log
