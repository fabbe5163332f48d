// One line of a web server's access log, read.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"
#include "connectors/access_log/stamp.h"

namespace signalbox::connectors::access_log {

/// What counts of a request. The views live as long as the line, and no longer than until the next
/// one is read.
struct Line {
  std::string_view host;  ///< as the format has it: of `host:port address …`, without the port; ""
  std::string_view path;  ///< without the query; "" when the request was none (`"-"`, `""`)
  std::string_view tag;   ///< of a syslog line, or as the format has it; else ""
  int status = 0;         ///< 100 to 599
  Time time{};            ///< when the server wrote it; Time{} in a format without
  std::optional<Duration> request_time;  ///< where the format has it
};

/// In what a whole number after the last quoted field is counted; a number with decimals is always
/// seconds, as nginx's `$request_time`.
enum class Unit {
  none,  ///< it is no time
  seconds,
  milliseconds,
  microseconds,
};

/// Reads one line (without its newline) of nginx's or Apache's common, combined or vhost_combined
/// format, also with an ISO time in the brackets. What follows status and size may be anything; its
/// first `0.123`, `rt=0.123` or `request_time=0.123` is the request time. Nothing when the line is
/// not of this kind. Allocates nothing, linear.
std::optional<Line> parse_combined(std::string_view text, Unit whole_numbers, Stamps& stamps);

/// What every form of line shares: a request time written as `number`, "" for none.
std::optional<Duration> time_taken(std::string_view number, Unit whole_numbers);
/// `GET /path?query HTTP/1.1`, or a bare target: its path.
std::string_view path_in(std::string_view request);
/// 100 to 599; nothing for anything else.
inline std::optional<int> status_in(std::string_view text) {
  if (text.size() != 3 || text[0] < '1' || text[0] > '5') return {};
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (!digit(1) || !digit(2)) return {};
  return (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
}

}  // namespace signalbox::connectors::access_log
