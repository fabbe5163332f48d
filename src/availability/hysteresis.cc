#include "availability/hysteresis.h"

#include <algorithm>

#include "availability/window.h"

namespace signalbox::availability {
namespace {

constexpr std::size_t kRemembered = 3;

Measurement over(Past past, Thresholds thresholds, Duration window, Time at) {
  thresholds.window = window;
  return verdict(past, thresholds, at);
}

void remember(Hysteresis& memory, State state, Time at) {
  memory.evaluations.push_back(state);
  if (memory.evaluations.size() > kRemembered) memory.evaluations.pop_front();
  memory.evaluated = at;
}

/// After a pause nothing earlier is evidence: two evaluations are needed anew.
void begin_anew_after_pause(Hysteresis& memory, Duration stale_after, Time at) {
  if (!memory.evaluated || at - *memory.evaluated < stale_after) return;
  memory.evaluations.clear();
  memory.shown.state = State::unknown;
}

bool moved_to_worse(Hysteresis& memory) {
  const State twice = reached_twice(memory.evaluations);
  const bool blind = memory.shown.state == State::unknown;
  const bool moves = worse(twice, memory.level.value_or(State::up)) ||
                     (blind && worse(twice, State::up) && twice != memory.level);
  if (moves) memory.level = twice;
  return moves;
}

bool moved_to_better(Hysteresis& memory, Past past, const Thresholds& thresholds,
                     Duration interval) {
  if (!memory.level || !worse(*memory.level, State::up)) return false;
  const Time at = *memory.evaluated;
  Measurement newest = over(past, thresholds, thresholds.better_after, at);
  if (newest.state == State::unknown || !worse(*memory.level, newest.state)) return false;
  if (!unbroken(past, at, thresholds.better_after, interval)) return false;
  memory.level = newest.state;
  memory.floor = at - thresholds.better_after;
  memory.evaluations = {newest.state};
  memory.shown = std::move(newest);
  return true;
}

/// What is shown when no rule moved the level: the level, unless we come out of UNKNOWN and the
/// evaluation does not agree with it.
State held(const Hysteresis& memory, State evaluated) {
  if (evaluated == State::unknown || !memory.level) return State::unknown;
  if (evaluated == *memory.level || memory.shown.state != State::unknown) return *memory.level;
  return State::unknown;
}

void hold(Hysteresis& memory, Measurement verdict) {
  const State state = held(memory, verdict.state);
  if (state != verdict.state) {
    verdict.reason = state == State::unknown ? "not_yet_confirmed" : "held_by_hysteresis";
  }
  verdict.state = state;
  memory.shown = std::move(verdict);
}

}  // namespace

State reached_twice(const std::deque<State>& evaluations) {
  int down = 0;
  int trouble = 0;
  for (const State state : evaluations) {
    down += state == State::down ? 1 : 0;
    trouble += worse(state, State::up) ? 1 : 0;
  }
  if (down >= 2) return State::down;
  return trouble >= 2 ? State::issue : State::up;
}

void step(Hysteresis& memory, Past past, const Thresholds& thresholds, Duration interval, Time at) {
  begin_anew_after_pause(memory, thresholds.stale_after, at);
  Duration window = thresholds.window;
  if (memory.floor) window = std::clamp(at - *memory.floor, Duration(1), window);
  Measurement verdict = over(past, thresholds, window, at);
  remember(memory, verdict.state, at);
  if (!memory.level && verdict.state == State::up) memory.level = State::up;
  if (moved_to_worse(memory)) {
    verdict.state = *memory.level;
    memory.shown = std::move(verdict);
    return;
  }
  if (moved_to_better(memory, past, thresholds, interval)) return;
  hold(memory, std::move(verdict));
}

}  // namespace signalbox::availability
