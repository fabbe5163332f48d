// What readings change of the sums they belong to: each by the difference to what was kept under
// its key.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "model/reading.h"
#include "model/rollup.h"
#include "store/grain.h"

namespace signalbox::store {

/// Sums of one service over one stretch.
struct ServiceSums {
  std::string service;
  Rollup sums;

  bool operator==(const ServiceSums&) const = default;
};

/// What a reading adds to the sums of its time, at its instant.
Rollup counts_of(const Reading& reading);

/// What changes of one row of sums. Counts may be negative; latencies that go and that come are
/// told apart.
struct Change {
  Rollup more;
  Latencies less;

  bool moves_latencies() const { return !less.empty() || !more.latencies.empty(); }
  /// `kept` with it.
  Latencies applied(Latencies kept) const;
};

/// The changes that the readings of one call make, one a row of sums.
class Changes {
 public:
  /// Grain, beginning, service.
  using Key = std::tuple<Grain, Time, std::string>;

  /// What is before `forgotten` is left alone; it outlives this.
  explicit Changes(const Horizon& forgotten) : forgotten_(forgotten) {}

  /// `now` takes the place of `before`, the reading of its key; null: of none.
  void add(const Reading& now, const Reading* before);
  const std::map<Key, Change>& all() const { return all_; }
  /// What each reading changed, without latencies, at its instant; those that changed nothing left
  /// out.
  std::vector<ServiceSums> moved() && { return std::move(moved_); }

 private:
  const Horizon& forgotten_;
  std::map<Key, Change> all_;
  std::vector<ServiceSums> moved_;
};

}  // namespace signalbox::store
