// What syslog puts before a message: taken off, so that the format meets the server's own line.
#pragma once

#include <string_view>

#include "base/time.h"
#include "connectors/access_log/stamp.h"

namespace signalbox::connectors::access_log {

/// A line apart from its header.
struct Syslog {
  std::string_view message;
  std::string_view tag;  ///< without `[pid]` and `:`; "" when there was no header
  Time time{};           ///< as the header has it; Time{} for none, or for one without a year
};

/// Reads the headers of RFC 5424 (`<190>1 TIME HOST APP PID ID [DATA] `) and RFC 3164
/// (`<190>Nov 21 01:18:34 HOST TAG: `), the latter also with an ISO time, and both forms that
/// rsyslog writes into files, which are RFC 3164 without the number; before each, the octet count
/// of RFC 6587 where a sender writes one though it ends its lines. A line without such a header is
/// its own message.
Syslog split_syslog(std::string_view line);

/// False when the first bytes alone say that no header is there, as for nearly every line of a
/// server's own log.
inline bool may_have_header(std::string_view line) {
  return line.size() > 4 &&
         (line[0] == '<' || line[3] == ' ' || line[3] == '<' || line[4] == '-' || line[4] == ' ');
}

}  // namespace signalbox::connectors::access_log
