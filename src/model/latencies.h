// How long requests took, counted on a logarithmic scale: counts of any stretches of time can be
// merged, and taken back, and still give percentiles with a known error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace signalbox {

/// A mergeable histogram in the manner of DDSketch (Masson, Rim, Lee: VLDB 2019): each step of the
/// scale is 4 % wider than the one below, so that a quantile is within 2 % of the exact one, and
/// never more than a millisecond off below 50 ms, where a step is a millisecond. A few hundred
/// steps cover an hour; what took longer counts as an hour.
class Latencies {
 public:
  /// No quantile is further from the exact one than this share of it (or half a millisecond).
  static constexpr double kError = 0.02;

  void add(Duration took, double count = 1);
  void add(const Latencies& other);
  /// Takes back what was added; steps never fall below zero.
  void take_back(const Latencies& other);

  bool empty() const { return steps_.empty(); }
  double count() const;
  /// What the share `q` (0 to 1) of the requests took at most; none when nothing was counted.
  std::optional<Duration> quantile(double q) const;

  /// A compact text of bytes; decode(encode()) gives the same.
  std::string encode() const;
  static Result<Latencies> decode(std::string_view bytes);

  bool operator==(const Latencies&) const = default;

 private:
  double& at(std::uint16_t step);

  std::vector<std::pair<std::uint16_t, double>> steps_;  // by step, none without a count
};

}  // namespace signalbox
