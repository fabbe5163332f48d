// Raw counters: what they grew by since the sample before, with restarts of a process told apart
// from growth.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "connectors/prometheus/api.h"

namespace signalbox::connectors::prometheus {

/// The last sample of every series, by `instance/labels`. Kept in the cursor, so that a restart of
/// ours loses no growth.
struct Samples {
  struct Sample {
    double number = 0;
    Time at{};
  };
  std::map<std::string, Sample> last;
};

/// What all series grew by, up to `at`; `samples` then holds these values. A value below the one
/// before began at 0 again. A new series of a known instance began at 0 (a status code seen for the
/// first time); those of an unknown instance only count from here on. Nullopt when there is nothing
/// to compare with, or no series at all. NaN when a value is none.
std::optional<double> growth(Samples& samples, const std::vector<Value>& values, Time at);

}  // namespace signalbox::connectors::prometheus
