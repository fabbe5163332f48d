// When a target (an account, a source, a check) is asked next: a pure decision, told the time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"

namespace signalbox::schedule {

/// The wait before the first turn: anywhere in the interval, so that a hundred targets do not start
/// in one instant.
Duration first_wait(Duration every, std::uint64_t random);

/// The wait after a turn that began at `began` and ended at `now` without trouble: turns begin an
/// interval apart, give or take a twentieth of it; one that took longer than the interval is
/// followed at once.
Duration next_wait(Duration every, SteadyTime began, SteadyTime now, std::uint64_t random);

/// Turns begin on whole steps of this length, so that one wakeup serves all of a step.
inline constexpr Duration kStep = std::chrono::milliseconds(100);

/// Where in each interval, counted from the epoch, those with these names have their turns: each
/// 0 ≤ beat < every, a multiple of kStep, in the order of `names`. A name's own hash says where, so
/// a restart keeps the rhythm wherever in a file a name stands; no step holds more than a
/// twentieth over the mean (rounded up): what finds its step full goes to another, which is also
/// why a name that joins or leaves moves a few others (some hundredths of all, where with it the
/// room of a step changes).
std::vector<Duration> beats(Duration every, const std::vector<std::string>& names);

/// The wait at `now` until the next such moment: 0 ≤ wait < every.
Duration wait_for_beat(Duration every, Duration beat, Time now);

/// The next of the moments `due` + n × `every` that lies after `now`: a turn that took longer than
/// the interval leaves out those it missed.
SteadyTime next_beat(Duration every, SteadyTime due, SteadyTime now);

/// The first whole step of the monotonic clock at or after `due`.
SteadyTime whole_step(SteadyTime due);

/// The first such moment whose whole step is not before `steady`, which is the same instant as
/// `now`. All that are reckoned from one instant begin less than an interval apart.
SteadyTime first_beat(Duration every, Duration beat, Time now, SteadyTime steady);

}  // namespace signalbox::schedule
