// From readings to a verdict on each service: windows, thresholds, hysteresis, staleness (rules,
// section 4).
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "availability/slim_reading.h"
#include "base/time.h"
#include "model/check_rules.h"
#include "model/reading.h"
#include "model/service.h"

namespace signalbox::availability {

/// The verdict on request readings (of one service, oldest first) as of `now`, without memory of
/// earlier verdicts. A reading counts when its instant is in (now - window, now]; where those hold
/// fewer than min_requests, older ones are taken one by one, newest first, to at most an hour back.
/// UNKNOWN ("no_reading", "stale", "too_few_requests") when nothing fresh or not enough is there.
Measurement judge(std::span<const Reading> readings, const Thresholds& thresholds, Time now);

/// The memory of one service's requests: where its level stands and what would move it.
///
/// Worse: the level becomes the worst one that at least 2 of the last 3 evaluations reach. Better:
/// the verdict over the newest better_after alone is better and no interval in it is missing; what
/// lies before that stretch is not held against the service again. Before any level is known, UP is
/// taken at once, worse needs the 2 of 3. While UNKNOWN, the level is remembered, and shown again
/// when an evaluation agrees with it or one of the two rules moves it.
struct Hysteresis {
  std::optional<State> level;     ///< up, issue or down; none before the first verdict
  std::deque<State> evaluations;  ///< newest last, three at most
  std::optional<Time> evaluated;  ///< instant of the newest evaluation
  std::optional<Time> floor;      ///< windows reach no further back than this
  Measurement shown;              ///< the outcome of the newest evaluation
};

/// The memory of one check, which its CheckRules move: UP after `up_after` good tries in a row;
/// DOWN after `down_after` of the last `of` were DOWN; else ISSUE after as many were ISSUE or DOWN.
/// A pending try (graded UNKNOWN) is no evidence: it moves nothing, and keeps the verdict fresh.
struct CheckMemory {
  std::optional<State> verdict;  ///< up, issue or down; none before the first
  std::deque<Reading> tries;     ///< those that were evidence, newest last; no more than are needed
  Time seen{};                   ///< instant of the newest try, pending ones too
  bool pending = false;          ///< the newest try was
};

/// The running judgement of one service: its recent readings and evaluations, and from them the one
/// measured state. Feeding it the same readings in the same order gives the same state, however
/// often evaluate() is asked, so that it is rebuilt after a restart from the stored readings of the
/// last hour. Memory is bounded: an hour (or the window, if longer), and 8,192 readings of
/// requests, of each no more than a SlimReading.
class Judge {
 public:
  /// `interval`: how often its sources are asked; gaps are measured by it.
  Judge(Thresholds thresholds, Duration interval);
  /// Tells the rules of each check, by its source: its verdict is fresh for three of its intervals,
  /// at least three minutes. Those not named have the usual rules and the thresholds' stale_after.
  void expect_checks(std::map<std::string, CheckRules> rules);
  /// Adds a reading, of requests or of a check. One that makes no sense (good > total, negative,
  /// NaN) changes nothing. One that is known already (same source and instant) takes the other's
  /// place. One that comes late, or corrects, counts in the windows that hold its instant, and
  /// makes no evaluation of its own.
  void add(const Reading& reading);
  /// Readings inside these enter no verdict. Replaces the windows given before.
  void keep_quiet(std::vector<Quiet> windows);
  /// The measured state as of `now`: the worse of the fresh verdicts of requests and checks. Each
  /// new reading instant is evaluated once, as of that instant. Readings more than a minute ahead
  /// of `now` (a clock jumped) are dropped.
  Measurement evaluate(Time now);
  /// What the state was before a restart, so that hysteresis goes on from it. Call before add();
  /// readings up to `last.at` are then not evaluated again. After an UNKNOWN, or a verdict of
  /// checks, the level is found anew from all the readings added.
  void resume(const Measurement& last);
  /// When `evaluate` may change without a new reading (staleness); nullopt when it cannot.
  std::optional<Time> next_change() const;

 private:
  void forget(Time now);
  void evaluate_requests();
  void evaluate_tries(Time now);
  CheckRules rules_of(const std::string& check) const;
  Duration patience(const std::string& check) const;

  Thresholds thresholds_;
  Duration interval_;
  SlimReadings slim_;           // of requests
  std::vector<Reading> tries_;  // of checks not yet evaluated, by instant
  std::vector<Quiet> quiet_;
  Hysteresis requests_;
  std::map<std::string, CheckMemory> checks_;  // by source
  std::map<std::string, CheckRules> check_rules_;
  Time newest_{};                    // instant of the newest reading of any kind
  std::optional<Time> fresh_until_;  // of the last evaluate()
};

}  // namespace signalbox::availability
