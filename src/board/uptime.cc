#include <algorithm>

#include "board/board.h"
#include "board/states.h"

namespace signalbox::board {
namespace {

constexpr Duration kSpan = std::chrono::days(90);

}  // namespace

Time starts(const Service& service, const ServiceEntry& entry) {
  return service.start ? Time(*service.start) : entry.known;
}

std::optional<double> uptime(const ServiceEntry& entry, Time now, Time start) {
  const Time from = std::max(now - kSpan, start);
  DayTally sum;
  for (const auto& [day, tally] : entry.days) {
    if (day + std::chrono::days(1) <= from) continue;
    sum.up += tally.up;
    sum.issue += tally.issue;
    sum.down += tally.down;
  }
  if (entry.since != Time{} && std::max(entry.since, from) < now) {
    const std::chrono::duration<double> open = now - std::max(entry.since, from);
    sum.in(entry.shown) += open.count();
  }
  const Sums of = weighted(sum);
  if (of.total <= 0) return std::nullopt;
  return of.good / of.total;
}

}  // namespace signalbox::board
