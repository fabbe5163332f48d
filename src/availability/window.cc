#include "availability/window.h"

#include <algorithm>
#include <ranges>

namespace signalbox::availability {
namespace {

void include(Tally& sum, const Sample& sample, Time at, Duration window) {
  sum.good += sample.good;
  sum.total += sample.total;
  sum.newest = std::max(sum.newest, sample.instant);
  sum.reach = std::max(window, at - sample.instant);
}

}  // namespace

Tally tally(Past past, Time at, Duration window, double enough) {
  Tally sum;
  sum.reach = window;
  for (const Sample& sample : past | std::views::reverse) {
    if (sample.instant > at) continue;
    const Duration age = at - sample.instant;
    const bool inside = age < window;
    if (!inside && (sum.total >= enough || age >= kFarthest)) break;
    if (sample.quiet) continue;
    include(sum, sample, at, window);
  }
  return sum;
}

bool unbroken(Past past, Time at, Duration span, Duration interval) {
  const Duration widest = interval + interval / 2;
  Time reached = at;
  bool any = false;
  for (const Sample& sample : past | std::views::reverse) {
    if (sample.instant > at) continue;
    if (reached - sample.instant > widest) return false;
    if (sample.quiet) continue;
    reached = sample.instant;
    any = true;
    if (at - reached + widest > span) return true;
  }
  return any && at - reached + widest > span;
}

}  // namespace signalbox::availability
