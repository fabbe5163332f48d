#include <algorithm>

#include "board/board.h"

namespace signalbox::board {
namespace {

constexpr Duration kSpan = std::chrono::days(90);
constexpr double kIssueWeight = 0.3;

void add(DayTally& sum, State state, double seconds) {
  switch (state) {
    case State::up:
      sum.up += seconds;
      return;
    case State::issue:
      sum.issue += seconds;
      return;
    case State::down:
      sum.down += seconds;
      return;
    case State::maint:
      sum.maint += seconds;
      return;
    case State::unknown:
      sum.unknown += seconds;
      return;
  }
}

}  // namespace

std::optional<double> uptime(const ServiceEntry& entry, Time now) {
  const Time from = now - kSpan;
  DayTally sum;
  for (const auto& [day, tally] : entry.days) {
    if (day + std::chrono::days(1) <= from) continue;
    sum.up += tally.up;
    sum.issue += tally.issue;
    sum.down += tally.down;
  }
  if (entry.since != Time{} && entry.since < now) {
    const std::chrono::duration<double> open = now - std::max(entry.since, from);
    add(sum, entry.shown, open.count());
  }
  const double total = sum.up + sum.issue + sum.down;
  if (total <= 0) return std::nullopt;
  return 1.0 - (sum.down + kIssueWeight * sum.issue) / total;
}

}  // namespace signalbox::board
