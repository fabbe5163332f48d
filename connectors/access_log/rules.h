// The settings of an access_log source, read: where its lines are, what they look like, which
// service each speaks of.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "connectors/access_log/format.h"
#include "connectors/access_log/route.h"
#include "connectors/access_log/tally.h"
#include "connectors/connector.h"

namespace signalbox::connectors::access_log {

/// One service's lines.
struct Rule {
  std::string service;
  Duration slow_after{std::chrono::seconds(10)};
};

/// The whole source. Reads and routes, so one a thread; copies are independent.
struct Rules {
  std::string path;    ///< of the log, made absolute by the configuration's folder; or ""
  std::string listen;  ///< HOST:PORT that syslog sends to; or ""
  Format format;
  std::vector<Rule> services;
  Router router{{}};

  /// Calls `count(number of the service, outcome)` for every service that `line` speaks of.
  template <typename Count>
  void each(const Line& line, const Count& count) {
    router.each(line, [&](std::size_t i) { count(i, outcome(line, services[i].slow_after)); });
  }
};

/// Reads `path` (or `file`) or `listen`, `slow_after` and the format of the source, and `match`,
/// `host`, `tag`, `slow_after` of each service. What is wrong is noted in their settings.
/// `needs_log`: the log is given by nobody else.
Rules read_rules(const SourceSetup& setup, bool needs_log = true);

}  // namespace signalbox::connectors::access_log
