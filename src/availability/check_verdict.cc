#include <algorithm>

#include "availability/hysteresis.h"

namespace signalbox::availability {
namespace {

constexpr std::size_t kTries = 3;

bool failed(const Reading& attempt) { return attempt.good < attempt.total; }

bool two_good_in_a_row(const std::deque<Reading>& tries) {
  const std::size_t n = tries.size();
  return n >= 2 && !failed(tries[n - 1]) && !failed(tries[n - 2]);
}

}  // namespace

void weigh(CheckMemory& memory, const Reading& reading, Duration stale_after) {
  if (!memory.tries.empty()) {
    const Duration since = reading.instant - memory.tries.back().instant;
    if (since <= Duration::zero()) return;
    if (since >= stale_after) memory = {};
  }
  memory.tries.push_back(reading);
  if (memory.tries.size() > kTries) memory.tries.pop_front();
  if (two_good_in_a_row(memory.tries)) {
    memory.verdict = State::up;
  } else if (std::ranges::count_if(memory.tries, failed) >= 2) {
    memory.verdict = State::down;
  }
}

Measurement said(const CheckMemory& memory) {
  Measurement m;
  m.state = memory.verdict.value_or(State::unknown);
  m.at = memory.tries.empty() ? Time{} : memory.tries.back().instant;
  m.fresh = true;
  m.total = static_cast<double>(memory.tries.size());
  m.good = m.total - static_cast<double>(std::ranges::count_if(memory.tries, failed));
  m.reason = !memory.verdict                  ? "too_few_tries"
             : *memory.verdict == State::down ? "check_failed"
                                              : "check_good";
  return m;
}

}  // namespace signalbox::availability
