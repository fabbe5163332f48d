// `signalbox backtest`: access logs of the past, and what the configured thresholds would have said
// about them, so that thresholds are chosen by evidence.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace signalbox::app {

/// Prints one JSON object on `out`: `lines`, `unparsable` (with `first_unparsable`), `from`,
/// `until`; `services` by id with `good`, `total`, `left_out` and `families` (`2xx` to `5xx`);
/// `changes` of what is measured (`time`, `service`, `from`, `to`, `good`, `total`) and
/// `announcements` (`time`, `text`, `audience`), as a running server would have made them. Times
/// are in the page's zone.
///
/// Logs may be given in any order and overlap in time: they are summed. With several access_log
/// sources a log belongs to the one whose file's name it begins with (`access.log.2.gz`), else to
/// all. Memory grows with the time the logs span, not with their size.
///
/// 0; 1 with a line on `err` when a log cannot be read; 2 with the configuration's mistakes.
/// Secrets need not be there: nobody is spoken to.
int backtest_command(const std::string& config, const std::vector<std::string>& logs,
                     std::ostream& out, std::ostream& err);

}  // namespace signalbox::app
