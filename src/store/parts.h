// Which kept sums answer for which time: the finest that fit what is asked and are not forgotten,
// and coarser ones for what is older.
#pragma once

#include <vector>

#include "base/result.h"
#include "model/rollup.h"
#include "store/grain.h"

namespace signalbox::store {

/// Sums of one grain, [from, to), added up to stretches of `step`.
struct Part {
  Grain grain = Grain::minute;
  Time from{};
  Time to{};
  Duration step{};

  bool operator==(const Part&) const = default;
};

/// Invalid unless `step` is a whole number of minutes, at least one and at most 366 days.
Status steppable(Duration step);

/// How [from, to) is answered in steps of `step`, a whole number of minutes: by at most one part a
/// grain, oldest first, none overlapping another. Where the grain that fits is forgotten, the next
/// one answers, in the smallest common multiple of its span and `step`.
std::vector<Part> parts(Time from, Time to, Duration step, const Horizon& forgotten);

/// Adds up rows, oldest first, to the steps of a part.
class Steps {
 public:
  explicit Steps(Duration step) : step_(step) {}
  void add(const Rollup& row);
  std::vector<Rollup> take() && { return std::move(all_); }

 private:
  Duration step_;
  std::vector<Rollup> all_;
};

}  // namespace signalbox::store
