#include "availability/sample.h"

#include <algorithm>

namespace signalbox::availability {

std::uint32_t Samples::source(const std::string& name) {
  const auto known = std::ranges::find(sources_, name);
  const auto place = static_cast<std::uint32_t>(known - sources_.begin());
  if (known == sources_.end()) sources_.push_back(name);
  return place;
}

void Samples::put(const Reading& reading, bool quiet) {
  const Sample sample{reading.instant, reading.good, reading.total, source(reading.source), quiet};
  if (held_.empty() || held_.back().instant < sample.instant) {
    held_.push_back(sample);
  } else {
    auto place = std::ranges::lower_bound(held_, sample.instant, {}, &Sample::instant);
    const auto first = place;
    for (; place != held_.end() && place->instant == sample.instant; ++place) {
      if (place->source != sample.source) continue;
      *place = sample;
      return;
    }
    held_.insert(first, sample);
  }
  if (held_.size() > kMost) held_.pop_front();
}

void Samples::keep_within(Time from, Time until) {
  while (!held_.empty() && held_.front().instant < from) held_.pop_front();
  while (!held_.empty() && held_.back().instant > until) held_.pop_back();
  if (held_.empty()) sources_.clear();
}

void Samples::mark(const std::vector<Quiet>& times) {
  for (Sample& sample : held_) sample.quiet = within(times, sample.instant);
}

bool within(const std::vector<Quiet>& times, Time instant) {
  return std::ranges::any_of(
      times, [&](const Quiet& q) { return q.from <= instant && instant < q.until; });
}

}  // namespace signalbox::availability
