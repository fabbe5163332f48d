#include "store/parts.h"

#include <algorithm>
#include <numeric>

namespace signalbox::store {
namespace {

constexpr Duration kLongestStep = std::chrono::days(366);

Duration common(Duration a, Duration b) { return Duration(std::lcm(a.count(), b.count())); }

/// The coarsest grain of which `step` is a whole number.
std::size_t fitting(Duration step) {
  std::size_t g = kGrains.size() - 1;
  while (g > 0 && step % span_of(kGrains.at(g)) != Duration(0)) --g;
  return g;
}

}  // namespace

Status steppable(Duration step) {
  const bool whole = step > Duration(0) && step % std::chrono::minutes(1) == Duration(0);
  if (whole && step <= kLongestStep) return {};
  return invalid("a step of " + to_text(step) + ": must be whole minutes, at most 366 days");
}

std::vector<Part> parts(Time from, Time to, Duration step, const Horizon& forgotten) {
  std::vector<Part> all;
  const std::size_t finest = fitting(step);
  std::size_t g = finest;  // the first grain that still holds all of it, or the coarsest
  const auto start = [&] { return floor_to(from, span_of(kGrains.at(g))); };
  while (g + 1 < kGrains.size() && forgotten.of(kGrains.at(g)) > start()) ++g;
  // Each grain goes on where the coarser one ends, between two stretches of that.
  for (Time begin = start(); begin < to;) {
    const Grain grain = kGrains.at(g);
    const Duration in_steps_of = common(step, span_of(grain));
    Time end = to;
    if (g > finest) {
      end = std::max(begin, ceil_to(forgotten.of(kGrains.at(g - 1)), in_steps_of));
    }
    if (begin < end) all.push_back({grain, begin, std::min(end, to), in_steps_of});
    begin = end;
    if (g > finest) --g;
  }
  return all;
}

void Steps::add(const Rollup& row) {
  const Time from = floor_to(row.from, step_);
  if (all_.empty() || all_.back().from != from) {
    all_.emplace_back();
    all_.back().from = from;
    all_.back().span = step_;
  }
  all_.back() += row;
}

}  // namespace signalbox::store
