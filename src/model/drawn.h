// What scripts push only to be drawn: shares and values over time. Nothing is judged by them.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"

namespace signalbox {

/// A metric on a service's page, as configured.
struct DrawnMetric {
  std::string id;
  std::string name;      ///< shown; the id where none is configured
  std::string unit;      ///< shown behind numbers: "%", "ms"; "" for none
  bool percent = false;  ///< a share, which tells nothing of how much there is

  bool operator==(const DrawnMetric&) const = default;
};

/// One value of a metric. Key: metric and minute; of a minute the newest instant holds.
struct DrawnPoint {
  /// Values further from 0 are refused: sums of kept ones stay finite.
  static constexpr double kMost = 1e15;

  std::string metric;
  Time at{};
  double value = 0;

  bool operator==(const DrawnPoint&) const = default;
};

/// The points of one metric in a stretch of time, at least one.
struct DrawnStretch {
  Time from{};
  Duration span{};
  std::int64_t count = 0;
  double sum = 0;
  double least = 0;
  double most = 0;

  double mean() const { return sum / static_cast<double>(count); }
  bool operator==(const DrawnStretch&) const = default;
};

}  // namespace signalbox
