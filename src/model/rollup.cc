#include "model/rollup.h"

namespace signalbox {
namespace {

void add(Sums& to, const Sums& more) {
  to.good += more.good;
  to.total += more.total;
}

}  // namespace

double& DayTally::in(State state) {
  switch (state) {
    case State::up:
      return up;
    case State::issue:
      return issue;
    case State::down:
      return down;
    case State::maint:
      return maint;
    case State::unknown:
      return unknown;
  }
  return unknown;
}

Rollup& Rollup::operator+=(const Rollup& other) {
  add(requests, other.requests);
  add(tries, other.tries);
  add(left_out, other.left_out);
  latencies.add(other.latencies);
  states.up += other.states.up;
  states.issue += other.states.issue;
  states.down += other.states.down;
  states.maint += other.states.maint;
  states.unknown += other.states.unknown;
  return *this;
}

bool Rollup::empty() const {
  const bool counted = requests.total > 0 || tries.total > 0 || left_out.total > 0;
  return !counted && latencies.empty() && states == DayTally{};
}

}  // namespace signalbox
