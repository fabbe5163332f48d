// How the lines of a log are written: the servers' own formats, JSON, or an operator's pattern.
#pragma once

#include <re2/re2.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/access_log/line.h"
#include "connectors/connector.h"

namespace signalbox::connectors::access_log {

/// The parts of a request that a pattern's groups and a JSON line's keys are named after.
enum class Part { status, time, request_time, host, path, tag };

/// An operator's `log_format` as an RE2 pattern with named groups. Shared, not changed.
struct Pattern {
  std::shared_ptr<const RE2> expression;
  std::map<Part, int> groups;  ///< their numbers
};

/// Under which keys JSON lines have the parts: the first that is there counts. Dots go into
/// objects.
using JsonKeys = std::map<Part, std::vector<std::string>>;

/// Reads lines. Keeps what it read until the next line, so one a thread; copies share nothing that
/// changes.
class Format {
 public:
  /// The line without its newline; nothing when it is not in this format. A syslog header before it
  /// is passed over, and gives the tag. Without a pattern, a message that begins with `{` is JSON,
  /// any other common, combined or vhost_combined.
  std::optional<Line> read(std::string_view text);

  /// Whether every line has a time.
  bool timed() const { return !pattern_ || pattern_->groups.contains(Part::time); }

 private:
  friend Format read_format(const Settings& settings);
  std::optional<Line> read_behind_header(std::string_view text);
  std::optional<Line> read_message(std::string_view message);
  std::optional<Line> by_pattern(std::string_view message);
  std::optional<Line> by_keys(std::string_view message);

  Unit whole_numbers_ = Unit::none;
  std::optional<Pattern> pattern_;
  JsonKeys keys_;
  Stamps stamps_;
  std::map<Part, std::string> texts_;     // of the JSON line last read
  std::vector<re2::StringPiece> groups_;  // of the line last matched
};

/// Reads `request_time` (the unit of whole numbers: seconds, milliseconds, microseconds),
/// `pattern`, and `keys.status`, `keys.time`, … of a source. What is wrong is noted in `settings`.
Format read_format(const Settings& settings);

}  // namespace signalbox::connectors::access_log
