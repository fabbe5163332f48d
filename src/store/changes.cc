#include "store/changes.h"

#include <utility>

namespace signalbox::store {
namespace {

Sums negative(const Sums& sums) { return {0 - sums.good, 0 - sums.total}; }

/// `counts` taken back: the counts are negative, latencies none.
Rollup taken_back(const Rollup& counts) {
  Rollup back;
  back.requests = negative(counts.requests);
  back.tries = negative(counts.tries);
  back.left_out = negative(counts.left_out);
  return back;
}

bool same_counts(const Rollup& a, const Rollup& b) {
  return a.requests == b.requests && a.tries == b.tries && a.left_out == b.left_out;
}

}  // namespace

Rollup counts_of(const Reading& reading) {
  Rollup counts;
  counts.from = reading.instant;
  const Sums sums{reading.good, reading.total};
  if (reading.quiet) {
    counts.left_out = sums;
    return counts;
  }
  (reading.check ? counts.tries : counts.requests) = sums;
  if (!reading.check) {
    counts.latencies = reading.latencies;
  } else if (reading.latency && reading.total > 0) {
    counts.latencies.add(*reading.latency);
  }
  return counts;
}

Latencies Change::applied(Latencies kept) const {
  kept.add(more.latencies);
  kept.take_back(less);
  return kept;
}

void Changes::add(const Reading& now, const Reading* before) {
  const Rollup counts = counts_of(now);
  const Rollup was = before == nullptr ? Rollup{} : counts_of(*before);
  if (before != nullptr && same_counts(counts, was) && counts.latencies == was.latencies) return;
  for (const Grain grain : kGrains) {
    const Time start = floor_to(now.instant, span_of(grain));
    if (start < forgotten_.of(grain)) continue;
    Change& change = all_[{grain, start, now.service}];
    change.more += counts;
    change.more += taken_back(was);
    change.less.add(was.latencies);
  }
  Rollup difference = taken_back(was);
  difference.from = now.instant;
  difference += counts;
  difference.latencies = {};
  if (!same_counts(difference, {})) moved_.push_back({now.service, std::move(difference)});
}

}  // namespace signalbox::store
