#include "availability/slim_reading.h"

#include <algorithm>

namespace signalbox::availability {

std::uint32_t SlimReadings::source(const std::string& name) {
  const auto known = std::ranges::find(sources_, name);
  const auto place = static_cast<std::uint32_t>(known - sources_.begin());
  if (known == sources_.end()) sources_.push_back(name);
  return place;
}

void SlimReadings::put(const Reading& reading, bool quiet) {
  const SlimReading slim{reading.instant, reading.good, reading.total, source(reading.source),
                         quiet};
  if (held_.empty() || held_.back().instant < slim.instant) {
    held_.push_back(slim);
  } else {
    auto place = std::ranges::lower_bound(held_, slim.instant, {}, &SlimReading::instant);
    const auto first = place;
    for (; place != held_.end() && place->instant == slim.instant; ++place) {
      if (place->source != slim.source) continue;
      *place = slim;
      return;
    }
    held_.insert(first, slim);
  }
  if (held_.size() > kMost) held_.pop_front();
}

void SlimReadings::keep_within(Time from, Time until) {
  while (!held_.empty() && held_.back().instant > until) held_.pop_back();
  if (--until_drop_ > 0) return;
  until_drop_ = kDropEvery;
  // Searched for, because looking at each would fetch all of it.
  held_.erase(held_.begin(), std::ranges::lower_bound(held_, from, {}, &SlimReading::instant));
  if (held_.empty()) sources_.clear();
}

void SlimReadings::mark(const std::vector<Quiet>& times) {
  for (SlimReading& reading : held_) reading.quiet = within(times, reading.instant);
}

bool within(const std::vector<Quiet>& times, Time instant) {
  return std::ranges::any_of(
      times, [&](const Quiet& q) { return q.from <= instant && instant < q.until; });
}

}  // namespace signalbox::availability
