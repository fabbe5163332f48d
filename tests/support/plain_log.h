// Access logs read the plain way, a character at a time and with copies of everything: what the
// fast readers must agree with.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"

namespace signalbox::connectors::access_log {

/// What a line says; as Line (connectors/access_log/line.h), but owning it all.
struct PlainLine {
  std::string host;
  std::string path;
  int status = 0;
  Time time{};
  std::optional<Duration> request_time;
};

/// A line of the common, combined or vhost_combined format, whose whole numbers are no times.
/// Nothing for anything else.
std::optional<PlainLine> plain_line(std::string text);

}  // namespace signalbox::connectors::access_log
