// What was measured of one service over a minute, an hour or a day, and which states it was in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "model/latencies.h"
#include "model/reading.h"
#include "model/state.h"

namespace signalbox {

/// Seconds a service spent in each state.
struct DayTally {
  double up = 0, issue = 0, down = 0, maint = 0, unknown = 0;

  /// The seconds of one state.
  double& in(State state);

  bool operator==(const DayTally&) const = default;
};

/// One stretch of time, [from, from + span), of one service. Several may be added up: all figures
/// are sums, shares are made from sums only.
struct Rollup {
  Time from{};
  Duration span{};
  Sums requests = {};        ///< outside maintenances
  Sums tries = {};           ///< of checks, outside maintenances; never added to requests
  Sums left_out = {};        ///< requests and tries inside maintenances
  Latencies latencies = {};  ///< of the requests and tries outside maintenances, where known
  /// All zero where nothing is known: before the service's start, in the future.
  DayTally states = {};

  /// Adds the other's sums and states; its own stretch stays.
  Rollup& operator+=(const Rollup& other);
  /// Nothing was measured, left out or known in it.
  bool empty() const;

  bool operator==(const Rollup&) const = default;
};

/// From `at` on a service is shown in `state`; none: it left the page.
struct Showing {
  std::string service;
  Time at{};
  std::uint64_t seq = 0;  ///< of the ledger event that says so
  std::optional<State> state;

  bool operator==(const Showing&) const = default;
};

}  // namespace signalbox
