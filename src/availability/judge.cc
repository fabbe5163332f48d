#include <ranges>

#include "availability/availability.h"
#include "availability/window.h"

namespace signalbox::availability {
namespace {

/// Shares such as 99.9 % have no exact double; a share this near to a threshold is on it.
constexpr double kNearly = 1.0 - 1e-12;

bool below(double percent, double good, double total) {
  return good * 100.0 < percent * total * kNearly;
}

std::optional<Time> newest_before(Past past, Time now) {
  for (const SlimReading& reading : past | std::views::reverse) {
    if (reading.instant <= now && !reading.quiet) return reading.instant;
  }
  return std::nullopt;
}

Measurement unknown(const char* reason, Time at) {
  Measurement m;
  m.at = at;
  m.reason = reason;
  return m;
}

void grade(Measurement& m, const Thresholds& thresholds) {
  if (below(thresholds.down_below, m.good, m.total)) {
    m.state = State::down;
    m.reason = "share_below_down";
  } else if (below(thresholds.issue_below, m.good, m.total)) {
    m.state = State::issue;
    m.reason = "share_below_issue";
  } else {
    m.state = State::up;
    m.reason = "share_good";
  }
}

}  // namespace

Measurement verdict(Past past, const Thresholds& thresholds, Time now) {
  const std::optional<Time> newest = newest_before(past, now);
  if (!newest) return unknown("no_reading", {});
  if (now - *newest >= thresholds.stale_after) return unknown("stale", *newest);
  const Tally sum = tally(past, now, thresholds.window, thresholds.min_requests);
  Measurement m = unknown("too_few_requests", *newest);
  m.good = sum.good;
  m.total = sum.total;
  m.window = sum.reach;
  m.fresh = true;
  if (sum.total > 0 && sum.total >= thresholds.min_requests) grade(m, thresholds);
  return m;
}

Measurement judge(std::span<const Reading> readings, const Thresholds& thresholds, Time now) {
  std::deque<SlimReading> slim;
  for (const Reading& r : readings) slim.push_back({r.instant, r.good, r.total});
  return verdict({slim.cbegin(), slim.cend()}, thresholds, now);
}

}  // namespace signalbox::availability
