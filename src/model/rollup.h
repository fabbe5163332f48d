// What was measured of one service over a minute, an hour or a day, and which states it was in.
#pragma once

#include "base/time.h"
#include "model/latencies.h"
#include "model/reading.h"

namespace signalbox {

/// Seconds a service spent in each state.
struct DayTally {
  double up = 0, issue = 0, down = 0, maint = 0, unknown = 0;

  bool operator==(const DayTally&) const = default;
};

/// One stretch of time, [from, from + span), of one service. Several may be added up: all figures
/// are sums, shares are made from sums only.
struct Rollup {
  Time from{};
  Duration span{};
  Sums requests;        ///< outside maintenances
  Sums tries;           ///< of checks, outside maintenances; never added to requests
  Sums left_out;        ///< requests and tries inside maintenances
  Latencies latencies;  ///< of the requests and tries outside maintenances, where known
  DayTally states;      ///< all zero where nothing is known: before the service's start, the future

  bool operator==(const Rollup&) const = default;
};

}  // namespace signalbox
