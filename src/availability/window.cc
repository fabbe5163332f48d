#include "availability/window.h"

#include <algorithm>

namespace signalbox::availability {
namespace {

void include(Tally& sum, const Reading& reading, Time at, Duration window) {
  sum.good += reading.good;
  sum.total += reading.total;
  sum.newest = std::max(sum.newest, reading.instant);
  sum.reach = std::max(window, at - reading.instant);
}

}  // namespace

Tally tally(std::span<const Reading> readings, Time at, Duration window, double enough) {
  Tally sum;
  sum.reach = window;
  for (auto r = readings.rbegin(); r != readings.rend(); ++r) {
    if (r->instant > at) continue;
    const Duration age = at - r->instant;
    const bool inside = age < window;
    if (!inside && (sum.total >= enough || age >= kFarthest)) break;
    include(sum, *r, at, window);
  }
  return sum;
}

bool unbroken(std::span<const Reading> readings, Time at, Duration span, Duration interval) {
  const Duration widest = interval + interval / 2;
  Time reached = at;
  bool any = false;
  for (auto r = readings.rbegin(); r != readings.rend(); ++r) {
    if (r->instant > at) continue;
    if (reached - r->instant > widest) return false;
    reached = r->instant;
    any = true;
    if (at - reached + widest > span) return true;
  }
  return any && at - reached + widest > span;
}

}  // namespace signalbox::availability
