// Which readings a verdict sums, and whether any is missing among them.
#pragma once

#include "availability/slim_reading.h"
#include "model/service.h"

namespace signalbox::availability {

/// No verdict reaches further back than this.
inline constexpr Duration kFarthest = std::chrono::hours(1);
/// A source's clock may be this much ahead of ours.
inline constexpr Duration kAhead = std::chrono::minutes(1);

/// What a window adds up to.
struct Tally {
  double good = 0;
  double total = 0;
  Time newest{};     ///< instant of the newest reading in it; zero when there is none
  Duration reach{};  ///< how far back from the asked instant it reaches
};

/// Sums the readings in (at - window, at]; while their total is below `enough`,
/// older ones are added one by one to at most kFarthest back. Quiet ones are left out.
Tally tally(Past past, Time at, Duration window, double enough);

/// Whether readings that are not quiet cover (at - span, at] without a missing interval: neighbours
/// at most one and a half intervals apart, the newest at `at`.
bool unbroken(Past past, Time at, Duration span, Duration interval);

/// As judge().
Measurement verdict(Past past, const Thresholds& thresholds, Time now);

}  // namespace signalbox::availability
