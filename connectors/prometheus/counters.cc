#include "connectors/prometheus/counters.h"

#include <cmath>
#include <limits>

namespace signalbox::connectors::prometheus {
namespace {

/// A series that is silent longer is forgotten.
constexpr Duration kRemembered = std::chrono::hours(1);

bool knows_instance(const Samples& samples, const std::string& instance) {
  const auto found = samples.last.lower_bound(instance + "/");
  return found != samples.last.end() && found->first.starts_with(instance + "/");
}

double grown(const Samples& before, const Value& value) {
  const auto known = before.last.find(value.instance + "/" + value.labels);
  if (known == before.last.end()) {
    return knows_instance(before, value.instance) ? value.number : 0;
  }
  const double last = known->second.number;
  return value.number >= last ? value.number - last : value.number;
}

}  // namespace

std::optional<double> growth(Samples& samples, const std::vector<Value>& values, Time at) {
  if (values.empty()) return std::nullopt;
  for (const Value& value : values) {
    if (!std::isfinite(value.number)) return std::numeric_limits<double>::quiet_NaN();
  }
  const Samples before = samples;
  double all = 0;
  for (const Value& value : values) {
    all += grown(before, value);
    samples.last[value.instance + "/" + value.labels] = {value.number, at};
  }
  std::erase_if(samples.last, [&](const auto& one) { return one.second.at < at - kRemembered; });
  if (before.last.empty()) return std::nullopt;
  return all;
}

}  // namespace signalbox::connectors::prometheus
