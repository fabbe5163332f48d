#include "availability/window.h"

#include <algorithm>
#include <ranges>

namespace signalbox::availability {
namespace {

void include(Tally& sum, const SlimReading& reading, Time at, Duration window) {
  sum.good += reading.good;
  sum.total += reading.total;
  sum.newest = std::max(sum.newest, reading.instant);
  sum.reach = std::max(window, at - reading.instant);
}

}  // namespace

Tally tally(Past past, Time at, Duration window, double enough) {
  Tally sum;
  sum.reach = window;
  for (const SlimReading& reading : past | std::views::reverse) {
    if (reading.instant > at) continue;
    const Duration age = at - reading.instant;
    const bool inside = age < window;
    if (!inside && (sum.total >= enough || age >= kFarthest)) break;
    if (reading.quiet) continue;
    include(sum, reading, at, window);
  }
  return sum;
}

bool unbroken(Past past, Time at, Duration span, Duration interval) {
  const Duration widest = interval + interval / 2;
  Time reached = at;
  bool any = false;
  for (const SlimReading& reading : past | std::views::reverse) {
    if (reading.instant > at) continue;
    if (reached - reading.instant > widest) return false;
    if (reading.quiet) continue;
    reached = reading.instant;
    any = true;
    if (at - reached + widest > span) return true;
  }
  return any && at - reached + widest > span;
}

}  // namespace signalbox::availability
