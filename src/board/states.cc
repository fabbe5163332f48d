#include "board/states.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace signalbox::board {
namespace {

using Seconds = std::chrono::duration<double>;
constexpr double kIssueWeight = 0.3;

Seconds overlap(Time from, Time to, Time begin, Time end) {
  return Seconds(std::max(Duration(0), std::min(to, end) - std::max(from, begin)));
}

/// The last showing that began by `at`; the first one when none did.
std::vector<Showing>::const_iterator holding(const std::vector<Showing>& showings, Time at) {
  const auto after = std::ranges::upper_bound(showings, at, {}, &Showing::at);
  return after == showings.begin() ? after : std::prev(after);
}

}  // namespace

Sums weighted(const DayTally& states) {
  const double total = states.up + states.issue + states.down;
  return {total - states.down - kIssueWeight * states.issue, total};
}

DayTally states_of(const ServiceEntry& entry, std::chrono::sys_days day, Time now) {
  const auto found = entry.days.find(day);
  DayTally tally = found == entry.days.end() ? DayTally{} : found->second;
  if (entry.since == Time{}) return tally;
  tally.in(entry.shown) += overlap(day, day + std::chrono::days(1), entry.since, now).count();
  return tally;
}

DayTally states_of(const std::vector<Showing>& showings, Time from, Time to, Time start, Time now) {
  DayTally tally;
  from = std::max(from, start);
  to = std::min(to, now);
  for (auto it = holding(showings, from); it != showings.end() && it->at < to; ++it) {
    if (!it->state) continue;
    const auto next = std::next(it);
    tally.in(*it->state) +=
        overlap(from, to, it->at, next == showings.end() ? to : next->at).count();
  }
  return tally;
}

std::vector<Rollup> with_states(std::vector<Rollup> sums, const std::vector<Showing>& showings,
                                Time from, Time to, Duration step, Time start, Time now) {
  std::vector<Rollup> all;
  const auto add = [&](Rollup rollup) {
    rollup.states = states_of(showings, rollup.from, rollup.from + rollup.span, start, now);
    if (!rollup.empty()) all.push_back(std::move(rollup));
  };
  Time at = from;
  const auto pass_to = [&](Time until) {
    for (; at < until; at += step) add({at, std::min(step, until - at)});
  };
  for (Rollup& sum : sums) {
    pass_to(std::min(sum.from, to));
    at = std::max(at, sum.from + sum.span);
    add(std::move(sum));
  }
  pass_to(std::min(to, now));
  return all;
}

}  // namespace signalbox::board
