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

Duration beat(Duration every, std::size_t index) {
  // Multiples of the golden ratio fill a circle more evenly than any others, at every count.
  constexpr std::uint64_t kGoldenTurn = 0x9e3779b97f4a7c15;  // of 2^64
  constexpr int kTurnBits = 32;
  const std::uint64_t turned = (static_cast<std::uint64_t>(index) * kGoldenTurn) >> kTurnBits;
  const auto length = static_cast<std::uint64_t>(std::max<Duration::rep>(every.count(), 0));
  return Duration(static_cast<Duration::rep>((turned * length) >> kTurnBits));
}

Duration wait_for_beat(Duration every, Duration beat, Time now) {
  if (every <= Duration::zero()) return Duration::zero();
  const Duration wait = (beat - now.time_since_epoch()) % every;
  return wait < Duration::zero() ? wait + every : wait;
}

SteadyTime next_beat(Duration every, SteadyTime due, SteadyTime now) {
  if (due > now) return due;
  return due + every * ((now - due) / every + 1);
}

SteadyTime whole_step(SteadyTime due) {
  const Duration past = due.time_since_epoch() % kStep;
  return past == Duration::zero() ? due : due + (kStep - past);
}

}  // namespace signalbox::schedule
