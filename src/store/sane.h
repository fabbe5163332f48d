// What every store refuses to count, and which day a reading counts for: one answer for all of
// them.
#pragma once

#include <chrono>
#include <span>

#include "base/result.h"
#include "model/reading.h"

namespace signalbox::store {

/// Invalid when any figure is not a number, negative, or good exceeds total: sums made of such
/// could not be repaired.
Status sane(std::span<const Reading> readings);

/// The day (UTC) a reading is summed under: that of its instant.
std::chrono::sys_days day_of(const Reading& reading);

}  // namespace signalbox::store
