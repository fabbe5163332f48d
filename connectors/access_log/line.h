// One line of a web server's access log, read.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"

namespace signalbox::connectors::access_log {

/// What counts of a request. The views live as long as the line.
struct Line {
  std::string_view host;  ///< of `host:port address …` (vhost_combined), without the port; else ""
  std::string_view path;  ///< without the query; "" when the request was none (`"-"`, `""`)
  int status = 0;         ///< 100 to 599
  Time time{};            ///< when the server wrote it
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
/// format, also behind a syslog prefix, also with an ISO time in the brackets. What follows status
/// and size may be anything; its first `0.123`, `rt=0.123` or `request_time=0.123` is the request
/// time. Nothing when the line is not of this kind. Pure, allocates nothing, linear.
std::optional<Line> parse_line(std::string_view text, Unit whole_numbers = Unit::none);

}  // namespace signalbox::connectors::access_log
