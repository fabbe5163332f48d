#include "schedule/rhythm.h"

#include <algorithm>

namespace signalbox::schedule {
namespace {

/// 0 ≤ x < length, by `random`.
Duration within(Duration length, std::uint64_t random) {
  if (length <= Duration::zero()) return Duration::zero();
  return Duration(static_cast<Duration::rep>(random % static_cast<std::uint64_t>(length.count())));
}

}  // namespace

Duration first_wait(Duration every, std::uint64_t random) { return within(every, random); }

Duration next_wait(Duration every, SteadyTime began, SteadyTime now, std::uint64_t random) {
  const Duration spread = every / 20;
  const Duration jitter = within(2 * spread, random) - spread;
  return std::max(Duration::zero(), every + jitter - (now - began));
}

}  // namespace signalbox::schedule
