// When a target (an account, a source, a check) is asked next: a pure decision, told the time.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace signalbox::schedule {

/// The wait before the first turn: anywhere in the interval, so that a hundred targets do not start
/// in one instant.
Duration first_wait(Duration every, std::uint64_t random);

/// The wait after a turn that began at `began` and ended at `now` without trouble: turns begin an
/// interval apart, give or take a twentieth of it; one that took longer than the interval is
/// followed at once.
Duration next_wait(Duration every, SteadyTime began, SteadyTime now, std::uint64_t random);

/// Where in each interval, counted from the epoch, the `index`th of a kind with that interval has
/// its turn: 0 ≤ beat < every. However many there are, they lie evenly over the interval, and
/// neighbours (several checks of one service) far apart; who joins later moves nobody. Nothing but
/// the index enters, so a restart keeps the rhythm.
Duration beat(Duration every, std::size_t index);

/// The wait at `now` until the next such moment: 0 ≤ wait < every.
Duration wait_for_beat(Duration every, Duration beat, Time now);

/// The next of the moments `due` + n × `every` that lies after `now`: a turn that took longer than
/// the interval leaves out those it missed.
SteadyTime next_beat(Duration every, SteadyTime due, SteadyTime now);

/// Turns begin on whole steps of this length, so that one wakeup serves all of a step.
inline constexpr Duration kStep = std::chrono::milliseconds(100);
/// The first whole step of the monotonic clock at or after `due`.
SteadyTime whole_step(SteadyTime due);

}  // namespace signalbox::schedule
