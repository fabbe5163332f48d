// Where the past was calm: the stretches of traffic in which no verdict can have changed, so that a
// month of logs is replayed in the time its troubles take.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "app/core/plan.h"
#include "base/time.h"
#include "connectors/access_log/series.h"

namespace signalbox::app {

/// The intervals of one track after which its service's windows do not say UP: too few requests,
/// or too few of them good.
class Calm {
 public:
  /// Looks at every interval once.
  Calm(const connectors::access_log::Series& intervals, const Thresholds& thresholds);

  /// The last evaluation of the calm that `from` lies in: `from` itself when there is none.
  Time until(Time from) const;

  /// How far back a judge must have been told for it to know all that a later verdict can rest on.
  static constexpr Duration kTold = std::chrono::hours(1);
  /// A shorter calm is gone through step by step.
  static constexpr Duration kWorthALeap = std::chrono::minutes(2);
  /// Windows that are not much shorter than that are not reasoned about: there is no calm.
  static bool short_enough(const Thresholds& thresholds);

 private:
  struct Trouble {
    std::int64_t first = 0;  ///< numbers of intervals
    std::int64_t last = 0;
  };
  void note(std::int64_t first, std::int64_t last);

  const connectors::access_log::Series& intervals_;
  std::optional<std::int64_t> end_;  ///< the last interval of all
  std::vector<Trouble> troubles_;    ///< oldest first
};

}  // namespace signalbox::app
