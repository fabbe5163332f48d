// When a target (an account, a source, a check) is asked next: a pure decision, told the time.
#pragma once

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

}  // namespace signalbox::schedule
