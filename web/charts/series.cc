#include "web/charts/series.h"

#include <algorithm>

namespace signalbox::web::charts {
namespace {

std::optional<Quantiles> quantiles(const Latencies& latencies) {
  if (latencies.empty()) return std::nullopt;
  const auto at = [&](double q) { return latencies.quantile(q).value_or(Duration(0)); };
  return Quantiles{at(0.5), at(0.95), at(0.99)};
}

}  // namespace

Series series(const std::vector<Rollup>& rollups, Time from, Time to, Duration step) {
  Series series{from, to, step, false, {}, {}, {}};
  const auto asked_for = [](const Rollup& rollup) { return rollup.requests.total > 0; };
  series.tries = std::ranges::none_of(rollups, asked_for);
  Latencies all;
  for (const Rollup& rollup : rollups) {
    if (rollup.from < from || rollup.from >= to) continue;
    const Sums& sums = series.tries ? rollup.tries : rollup.requests;
    if (sums.total <= 0 && rollup.latencies.empty()) continue;
    series.points.push_back({rollup.from, rollup.span, sums, quantiles(rollup.latencies)});
    series.sums.good += sums.good;
    series.sums.total += sums.total;
    all.add(rollup.latencies);
  }
  series.took = quantiles(all);
  return series;
}

}  // namespace signalbox::web::charts
