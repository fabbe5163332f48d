// How long a service was in each state: of a day, by the book; of any stretch, by when it began to
// be shown in which state.
#pragma once

#include <chrono>
#include <vector>

#include "model/book.h"
#include "model/rollup.h"

namespace signalbox::board {

/// State-weighted seconds (Statuspage's weights): `good` of `total` were up, where an ISSUE counts
/// seven tenths; UNKNOWN and MAINT are in neither. What every uptime is made from.
Sums weighted(const DayTally& states);

/// Seconds in each state on a day (UTC) of the last 90, as the book has it; of the running state up
/// to `now`.
DayTally states_of(const ServiceEntry& entry, std::chrono::sys_days day, Time now);

/// Seconds in each state in [from, to), nothing before `start` or from `now` on. `showings`: of one
/// service, oldest first, from the last before `from`.
DayTally states_of(const std::vector<Showing>& showings, Time from, Time to, Time start, Time now);

/// One stretch after the other, [from, to) in steps of `step`: the rollups of `sums` (oldest first,
/// none overlapping another) where there are any, and rollups of states alone between them. Each
/// gets its states; those of nothing are left out.
std::vector<Rollup> with_states(std::vector<Rollup> sums, const std::vector<Showing>& showings,
                                Time from, Time to, Duration step, Time start, Time now);

}  // namespace signalbox::board
