// The history of one service over a window, as charts and tables need it: few numbers a step.
#pragma once

#include <optional>
#include <vector>

#include "model/rollup.h"

namespace signalbox::web::charts {

/// Response times that half, 95 % and 99 % of the requests kept within.
struct Quantiles {
  Duration p50{}, p95{}, p99{};
};

/// One stretch of a series.
struct Point {
  Time from{};
  Duration span{};
  Sums sums;  ///< total 0: nothing was measured
  std::optional<Quantiles> took;
};

/// Oldest first; what is missing between two points, before the first or after the last is a gap.
struct Series {
  Time from{}, to{};
  Duration step{};
  bool tries = false;  ///< the sums are tries of checks: there were no requests
  std::vector<Point> points;
  Sums sums;                      ///< of all points
  std::optional<Quantiles> took;  ///< of all points
};

/// Of `rollups` those that begin in [from, to). Requests where there are any, else tries.
Series series(const std::vector<Rollup>& rollups, Time from, Time to, Duration step);

}  // namespace signalbox::web::charts
