// Access logs read from end to end, without a server: what `signalbox backtest` counts.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "connectors/access_log/rules.h"
#include "connectors/access_log/series.h"
#include "connectors/access_log/tally.h"

namespace signalbox::connectors::access_log {

/// What a log says of one service.
struct ServiceCounts {
  std::string service;
  Tally all;
  Series intervals;
};

/// Counts lines by the same rules as the running source, sorted by their own times. One a thread.
class LogReader {
 public:
  /// Sums requests by intervals of length `every`.
  explicit LogReader(Rules rules, Duration every = std::chrono::minutes(1));

  /// Takes the next bytes of a log, cut anywhere.
  void feed(std::string_view bytes);
  /// The log ends here: its last line counts without a newline, too. Another may follow.
  void end();

  /// One with the same rules that has counted nothing; and what it counted, added to this one's.
  /// Of two first unreadable lines, the one at the smaller place() is kept.
  LogReader another() const { return LogReader(rules_, every_); }
  void add(const LogReader& other);
  /// Whether its lines have times: without, nothing can be said of when.
  bool timed() const { return rules_.format.timed(); }
  /// Tells from where in the log the next bytes are.
  void place(std::uint64_t at) { place_ = at; }

  const std::vector<ServiceCounts>& services() const { return services_; }  ///< as in the rules
  std::uint64_t lines() const { return lines_; }                            ///< without blank ones
  std::uint64_t unreadable() const { return unreadable_; }
  const std::string& first_unreadable() const { return first_unreadable_; }

 private:
  void take(std::string_view line);
  void note_unreadable(std::string_view line);

  Rules rules_;
  Duration every_;
  std::vector<ServiceCounts> services_;
  std::int64_t last_interval_ = 0;  // of the line before
  Time last_begins_{};              // the interval
  std::string begun_;               // a line whose end is in the bytes to come
  std::uint64_t lines_ = 0;
  std::uint64_t unreadable_ = 0;
  std::uint64_t place_ = 0;
  std::uint64_t first_place_ = 0;
  std::string first_unreadable_;
};

/// Feeds one file to all of `readers`, and ends the log there: plain or compressed by gzip (told
/// apart by content); `-` is standard input. A plain file is read by all processor cores at once,
/// with the same sums. Invalid, with the path, when it cannot be read to its end.
Status read_log(const std::string& path, std::span<LogReader* const> readers);

}  // namespace signalbox::connectors::access_log
