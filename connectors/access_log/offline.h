// Access logs read from end to end, without a server: what `signalbox backtest` counts.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "connectors/access_log/rules.h"
#include "connectors/access_log/tally.h"
#include "model/reading.h"

namespace signalbox::connectors::access_log {

/// What a log says of one service.
struct ServiceCounts {
  std::string service;
  Tally all;
  /// By the interval's beginning; intervals without requests are absent.
  std::map<Time, Sums> intervals;
};

/// Counts lines by the same rules as the running source, sorted by their own times.
class LogReader {
 public:
  /// Sums requests by intervals of length `every`, counted from midnight UTC on 1 January 1970.
  explicit LogReader(Rules rules, Duration every = std::chrono::minutes(1));

  /// Takes the next bytes of a log, cut anywhere.
  void feed(std::string_view bytes);
  /// The log ends here: its last line counts without a newline, too. Another may follow.
  void end();

  const std::vector<ServiceCounts>& services() const { return services_; }  ///< as in the rules
  std::uint64_t lines() const { return lines_; }                            ///< without blank ones
  std::uint64_t unreadable() const { return unreadable_; }
  const std::string& first_unreadable() const { return first_unreadable_; }

 private:
  void take(std::string_view line);

  Rules rules_;
  Duration every_;
  std::vector<Tally> scratch_;
  std::vector<ServiceCounts> services_;
  std::string begun_;  // a line whose end is in the bytes to come
  std::uint64_t lines_ = 0;
  std::uint64_t unreadable_ = 0;
  std::string first_unreadable_;
};

/// Gives the bytes of one file to `feed`, piece by piece: plain or compressed by gzip (told apart
/// by content); `-` is standard input. Invalid, with the path, when it cannot be read to its end.
Status read_bytes(const std::string& path, const std::function<void(std::string_view)>& feed);
/// Feeds one such file to `reader`, and ends the log there.
Status read_log(const std::string& path, LogReader& reader);

}  // namespace signalbox::connectors::access_log
