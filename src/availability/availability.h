// From readings to a verdict on each service: windows, thresholds, hysteresis, staleness (rules, section 4).
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/incident.h"
#include "model/reading.h"
#include "model/service.h"

namespace signalbox::availability {

/// The verdict on request readings (of one service, by instant) as of `now`, without memory of earlier verdicts.
Measurement judge(std::span<const Reading> readings, const Thresholds& thresholds, Time now);

/// A stretch of time whose readings count for nothing.
struct Quiet {
  Time from{};
  Time until{};
};

/// The running judgement of one service: its recent readings and evaluations, and from them the one measured state, with
/// hysteresis. Feeding it the same readings in the same order gives the same state, so that it is rebuilt after a
/// restart from the stored readings.
class Judge {
 public:
  Judge(Thresholds thresholds, Duration interval);
  /// Adds a reading. One that is older than what is kept, or known already, changes nothing.
  void add(const Reading& reading);
  /// Readings inside these enter no verdict.
  void keep_quiet(std::vector<Quiet> windows);
  /// The measured state as of `now`. Evaluates once per new reading instant; UNKNOWN when nothing is fresh.
  Measurement evaluate(Time now);
  /// What the state was before a restart, so that hysteresis goes on from it.
  void resume(const Measurement& last);
  /// When `evaluate` may change without a new reading (staleness); nullopt when it cannot.
  std::optional<Time> next_change() const;

 private:
  struct Memory;
  Thresholds thresholds_;
  Duration interval_;
  std::vector<Reading> readings_;        // of requests, by instant, an hour at most
  std::vector<Reading> tries_;           // of checks, by instant
  std::vector<Quiet> quiet_;
  std::vector<State> last_evaluations_;  // newest last, three at most
  std::optional<Time> evaluated_;        // instant of the newest evaluation
  Measurement current_;
};

}  // namespace signalbox::availability
