#include "store/sane.h"

#include <cmath>

#include "base/text.h"
#include "model/counted.h"

namespace signalbox::store {

Status sane(std::span<const Reading> readings) {
  for (const Reading& r : readings) {
    const bool finite = std::isfinite(r.good) && std::isfinite(r.total);
    if (finite && r.good >= 0 && r.good <= r.total && r.total <= kMostCounted) continue;
    return invalid("a reading of " + one_line(r.service) + " from " + one_line(r.source) +
                   " is no count: not a number, negative, above 10^11, or more good than in all");
  }
  return {};
}

Status sane(std::span<const DrawnPoint> points) {
  for (const DrawnPoint& point : points) {
    if (std::abs(point.value) <= DrawnPoint::kMost) continue;  // not for what is no number
    return invalid("a value of " + one_line(point.metric) +
                   " cannot be drawn: not a number, or beyond 1e15");
  }
  return {};
}

}  // namespace signalbox::store
