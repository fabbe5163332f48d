#include "schedule/rhythm.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"

namespace signalbox::schedule {
namespace {

/// 0 ≤ x < length, by `random`.
Duration within(Duration length, std::uint64_t random) {
  if (length <= Duration::zero()) return Duration::zero();
  return Duration(static_cast<Duration::rep>(random % static_cast<std::uint64_t>(length.count())));
}

/// One of the steps that `hash` wishes for, one wish after the other, until there is room.
std::size_t take_step(std::vector<std::size_t>& taken, std::size_t room, std::uint64_t hash) {
  constexpr std::uint64_t kWishes = 64;  // after these, the next step with room
  constexpr std::uint64_t kFarther = 0x9e3779b97f4a7c15;
  for (std::uint64_t go = 0;; ++go) {
    const std::uint64_t wish = hash + std::min(go, kWishes) * kFarther;
    const auto step = static_cast<std::size_t>(((wish >> 32U) * taken.size() >> 32U) +
                                               (go > kWishes ? go - kWishes : 0));
    std::size_t& here = taken[step % taken.size()];
    if (here >= room) continue;
    ++here;
    return step % taken.size();
  }
}

}  // namespace

Duration first_wait(Duration every, std::uint64_t random) { return within(every, random); }

Duration next_wait(Duration every, SteadyTime began, SteadyTime now, std::uint64_t random) {
  const Duration spread = every / 20;
  const Duration jitter = within(2 * spread, random) - spread;
  return std::max(Duration::zero(), every + jitter - (now - began));
}

std::vector<Duration> beats(Duration every, const std::vector<std::string>& names) {
  const auto steps = static_cast<std::size_t>(std::max<Duration::rep>(every / kStep, 1));
  const std::size_t room = (names.size() * 21 + steps * 20 - 1) / (steps * 20);
  std::vector<std::pair<std::uint64_t, std::size_t>> order;
  for (const std::string& name : names) order.emplace_back(hash64(name), order.size());
  std::ranges::sort(order);
  std::vector<std::size_t> taken(steps);
  std::vector<Duration> all(names.size());
  for (const auto& [hash, index] : order) {
    all[index] = kStep * static_cast<Duration::rep>(take_step(taken, room, hash));
  }
  return all;
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

SteadyTime first_beat(Duration every, Duration beat, Time now, SteadyTime steady) {
  const SteadyTime due = steady + wait_for_beat(every, beat, now);
  // A moment just past may have its step still to come.
  return whole_step(due - every) >= steady ? due - every : due;
}

}  // namespace signalbox::schedule
