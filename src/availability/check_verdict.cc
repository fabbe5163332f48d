#include <algorithm>
#include <ranges>

#include "availability/hysteresis.h"

namespace signalbox::availability {
namespace {

/// The newest `n` tries, newest first.
auto newest(const CheckMemory& memory, int n) {
  return memory.tries | std::views::reverse | std::views::take(n);
}

int count_worse(const CheckMemory& memory, int n, State than) {
  return static_cast<int>(std::ranges::count_if(
      newest(memory, n), [&](const Reading& r) { return worse(found(r), than); }));
}

/// What the tries say by themselves; none when they leave the verdict where it is.
std::optional<State> moved_to(const CheckMemory& memory, const CheckRules& rules) {
  const auto up_after = static_cast<std::size_t>(rules.up_after);
  const bool good = count_worse(memory, rules.up_after, State::up) == 0;
  if (good && memory.tries.size() >= up_after) return State::up;
  if (count_worse(memory, rules.of, State::issue) >= rules.down_after) return State::down;
  if (count_worse(memory, rules.of, State::up) >= rules.down_after) return State::issue;
  return std::nullopt;
}

const char* reason_of(const CheckMemory& memory) {
  if (!memory.verdict) return memory.pending ? "check_pending" : "too_few_tries";
  if (*memory.verdict == State::down) return "check_failed";
  return *memory.verdict == State::issue ? "check_issue" : "check_good";
}

/// Of the newest try that was not UP.
std::string what_was_wrong(const CheckMemory& memory, int n) {
  for (const Reading& r : newest(memory, n)) {
    if (worse(found(r), State::up)) return r.why;
  }
  return "";
}

}  // namespace

State found(const Reading& attempt) {
  if (attempt.grade) return *attempt.grade;
  if (attempt.total <= 0) return State::unknown;
  return attempt.good < attempt.total ? State::down : State::up;
}

void weigh(CheckMemory& memory, const Reading& reading, const CheckRules& rules,
           Duration stale_after) {
  if (memory.seen != Time{}) {
    const Duration since = reading.instant - memory.seen;
    if (since <= Duration::zero()) return;
    if (since >= stale_after) memory = {};
  }
  memory.seen = reading.instant;
  memory.pending = found(reading) == State::unknown;
  if (memory.pending) return;
  memory.tries.push_back(reading);
  const auto most = static_cast<std::size_t>(std::max(rules.of, rules.up_after));
  while (memory.tries.size() > most) memory.tries.pop_front();
  if (const auto moved = moved_to(memory, rules)) memory.verdict = moved;
}

Measurement said(const CheckMemory& memory, const CheckRules& rules) {
  Measurement m;
  m.state = memory.verdict.value_or(State::unknown);
  m.at = memory.seen;
  m.fresh = true;
  m.total = static_cast<double>(std::ranges::distance(newest(memory, rules.of)));
  m.good = m.total - count_worse(memory, rules.of, State::up);
  m.reason = reason_of(memory);
  if (worse(m.state, State::up)) m.why = what_was_wrong(memory, rules.of);
  return m;
}

}  // namespace signalbox::availability
