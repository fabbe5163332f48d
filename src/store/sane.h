// What every store refuses to count: one answer for all of them.
#pragma once

#include <span>

#include "base/result.h"
#include "model/drawn.h"
#include "model/reading.h"

namespace signalbox::store {

/// Invalid when any figure is not a number, negative, or good exceeds total: sums made of such
/// could not be repaired.
Status sane(std::span<const Reading> readings);
/// Invalid when a value is not a number or beyond DrawnPoint::kMost.
Status sane(std::span<const DrawnPoint> points);

}  // namespace signalbox::store
