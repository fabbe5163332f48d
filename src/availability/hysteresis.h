// How evaluations move a level: slow to worse, slower to better (rules, section 4).
#pragma once

#include "availability/availability.h"

namespace signalbox::availability {

/// The worst of up, issue, down that at least two of `evaluations` reach.
State reached_twice(const std::deque<State>& evaluations);

/// Evaluates `past` as of `at`, an instant newer than the last one evaluated, and moves the
/// level by the rules told at Hysteresis.
void step(Hysteresis& memory, Past past, const Thresholds& thresholds, Duration interval, Time at);

/// What one try found: its grade; by good and total where it has none.
State found(const Reading& attempt);
/// Weighs one more try of a check. Tries older than the newest weighed change nothing; after a
/// pause of stale_after the check begins anew.
void weigh(CheckMemory& memory, const Reading& reading, const CheckRules& rules,
           Duration stale_after);
/// What a check says by its last `rules.of` tries, as of its newest: UP ("check_good"), ISSUE
/// ("check_issue"), DOWN ("check_failed"); UNKNOWN before its first verdict ("too_few_tries",
/// "check_pending").
Measurement said(const CheckMemory& memory, const CheckRules& rules);

}  // namespace signalbox::availability
