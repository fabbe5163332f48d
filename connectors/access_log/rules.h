// Which lines of an access log speak of which service: the settings of the source, read.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <string>
#include <vector>

#include "connectors/access_log/line.h"
#include "connectors/access_log/tally.h"
#include "connectors/connector.h"

namespace signalbox::connectors::access_log {

/// One service's lines.
struct Rule {
  std::string service;
  std::shared_ptr<const RE2> match;  ///< null: every path
  std::string host;                  ///< "": every host
  Duration slow_after{std::chrono::seconds(10)};

  bool applies(const Line& line) const;
};

/// The whole source.
struct Rules {
  std::string path;  ///< of the log, made absolute by the configuration's folder
  Unit whole_numbers = Unit::none;
  std::vector<Rule> services;

  /// Counts a line for every service it speaks of, in `tallies` (one a service, same order).
  void count(const Line& line, std::vector<Tally>& tallies) const;
};

/// Reads `path` (or `file`), `slow_after`, `request_time` (the unit of whole numbers: seconds,
/// milliseconds, microseconds) of the source, and `match`, `host`, `slow_after` of each service.
/// What is wrong is noted in their settings. `needs_path`: the log is given by nobody else.
Rules read_rules(const SourceSetup& setup, bool needs_path = true);

}  // namespace signalbox::connectors::access_log
