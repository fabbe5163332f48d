// `signalbox report`: a month of each service in figures, from the store alone.
#pragma once

#include <iosfwd>
#include <string>

#include "base/time.h"

namespace signalbox::app {

/// What `signalbox report` was called with.
struct ReportOrder {
  std::string config;
  std::string month;            ///< `2026-10`, on the page's clock
  std::string service;          ///< "": all
  std::string format = "text";  ///< or `json`, `csv`
};

/// Prints, per service, request availability with its sums, uptime with its seconds, latency, and
/// incidents with MTTR and MTBF (docs/figures.md). Reads the store beside a running server, or
/// without one. 0, also where nothing is known of the month, which is said; 1 with a line on `err`
/// when the store cannot be read; 2 for a bad configuration, and a month or service that is none.
int report_command(const ReportOrder& order, const Clock& clock, std::ostream& out,
                   std::ostream& err);

}  // namespace signalbox::app
