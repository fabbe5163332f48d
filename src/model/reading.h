// What a source or check measured, and what those measurements mean for a service.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "model/latencies.h"
#include "model/state.h"

namespace signalbox {

/// Requests counted since the reading before it, or one try of a check (good 0 or 1, total 1).
/// Key: (source, service, instant).
struct Reading {
  std::string source;  ///< the configured source's id; of a check, `SERVICE/KIND/N`
  std::string service;
  Time instant{};  ///< end of what it counts
  double good = 0;
  double total = 0;    ///< never less than good, never negative, never NaN
  bool check = false;  ///< from a check: its verdict is its own, never summed with requests
  /// Of a check: what the try found. UP goes with good 1, ISSUE and DOWN with good 0; UNKNOWN with
  /// total 0: still pending, which is no evidence, but keeps the verdict before it fresh. None: UP
  /// or DOWN, by good and total alone.
  std::optional<State> grade = {};
  std::optional<Duration> latency = {};  ///< of a check: how long the try took
  Latencies latencies = {};  ///< of requests: how long they took, where the source knows
  /// Of a check that was not UP: what was wrong, one short line without address or secret ("status
  /// 503").
  std::string why = {};
  bool quiet = false;  ///< inside a maintenance of its service, as was known when it was kept

  bool operator==(const Reading&) const = default;
};

/// What measurement says of a service, with the figures that say so.
struct Measurement {
  State state = State::unknown;  ///< up, issue, down or unknown
  Time at{};  ///< instant of the newest reading it rests on; of UNKNOWN, of the last there was
  double good = 0;  ///< sums over the window it was judged by
  double total = 0;
  Duration
      window{};  ///< how far back those sums reach; zero when checks decided: the sums are tries
  bool fresh = false;
  std::string reason;    ///< named: "share_below_issue", "too_few_requests", "stale", "no_reading",
                         ///< "check_failed", …
  std::string why = {};  ///< where checks decided: what was wrong at the newest try that was not UP

  bool operator==(const Measurement&) const = default;
};

/// Good and total over a day, a month, …; shares are made from sums only.
struct Sums {
  double good = 0;
  double total = 0;

  bool operator==(const Sums&) const = default;
};

}  // namespace signalbox
