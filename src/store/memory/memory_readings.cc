#include <algorithm>
#include <utility>

#include "store/memory/memory_store.h"
#include "store/parts.h"
#include "store/sane.h"

namespace signalbox::store {
namespace {

Time minute_of(Time at) { return floor_to(at, span_of(Grain::minute)); }

}  // namespace

Result<std::vector<ServiceSums>> MemoryStore::keep_readings(std::span<const Reading> readings,
                                                            const std::optional<Cursor>& cursor) {
  if (auto good = sane(readings); !good) return good.error();
  Changes changes(forgotten_);
  for (const Reading& reading : readings) {
    if (reading.instant < forgotten_.readings) continue;
    const auto [kept, is_new] = readings_.try_emplace(
        ReadingKey(reading.instant, reading.source, reading.service), reading);
    changes.add(reading, is_new ? nullptr : &kept->second);
    kept->second = reading;
  }
  keep_changes(changes);
  if (cursor) reading_cursors_.insert_or_assign(cursor->of, cursor->value);
  return std::move(changes).moved();
}

void MemoryStore::keep_changes(const Changes& changes) {
  for (const auto& [key, change] : changes.all()) {
    Rollup& row = sums_[key];
    row.from = std::get<Time>(key);
    row.span = span_of(std::get<Grain>(key));
    Latencies latencies = change.applied(std::move(row.latencies));
    row += change.more;
    row.latencies = std::move(latencies);
  }
}

Status MemoryStore::each_reading(Time after, const std::function<void(const Reading&)>& take) {
  for (const auto& [key, reading] : readings_) {
    if (reading.instant > after) take(reading);
  }
  return {};
}

Result<std::optional<std::string>> MemoryStore::reading_cursor(std::string_view of) {
  const auto it = reading_cursors_.find(of);
  if (it == reading_cursors_.end()) return std::optional<std::string>();
  return std::optional(it->second);
}

Result<std::vector<ServiceSums>> MemoryStore::sums(Grain grain, Time from) {
  std::vector<ServiceSums> found;
  for (auto at = sums_.lower_bound({grain, from, ""}); at != sums_.end(); ++at) {
    const auto& [row_grain, start, service] = at->first;
    if (row_grain != grain) break;
    found.push_back({service, at->second});
    found.back().sums.latencies = {};
  }
  return found;
}

Result<std::vector<Rollup>> MemoryStore::rollups(std::string_view service, Time from, Time to,
                                                 Duration step) {
  if (auto whole = steppable(step); !whole) return whole.error();
  std::vector<Rollup> found;
  for (const Part& part : parts(from, to, step, forgotten_)) {
    Steps steps(part.step);
    for (auto at = sums_.lower_bound({part.grain, part.from, ""});
         at != sums_.end() && at->first < Changes::Key(part.grain, part.to, ""); ++at) {
      if (std::get<std::string>(at->first) == service) steps.add(at->second);
    }
    for (Rollup& rollup : std::move(steps).take()) found.push_back(std::move(rollup));
  }
  return found;
}

Status MemoryStore::keep_points(std::span<const DrawnPoint> points) {
  if (auto good = sane(points); !good) return good;
  for (const DrawnPoint& point : points) {
    DrawnPoint& kept =
        points_.try_emplace({minute_of(point.at), point.metric}, point).first->second;
    if (point.at >= kept.at) kept = point;
  }
  return {};
}

Result<std::vector<DrawnStretch>> MemoryStore::points(std::string_view metric, Time from, Time to,
                                                      Duration step) {
  if (auto whole = steppable(step); !whole) return whole.error();
  std::vector<DrawnStretch> found;
  for (auto at = points_.lower_bound({from, ""}); at != points_.end() && at->first.first < to;
       ++at) {
    if (at->first.second != metric) continue;
    const Time start = floor_to(at->first.first, step);
    const double value = at->second.value;
    if (found.empty() || found.back().from != start)
      found.push_back({start, step, 0, 0, value, value});
    DrawnStretch& stretch = found.back();
    ++stretch.count;
    stretch.sum += value;
    stretch.least = std::min(stretch.least, value);
    stretch.most = std::max(stretch.most, value);
  }
  return found;
}

std::size_t MemoryStore::forget_points(Time before, std::size_t most) {
  std::size_t gone = 0;
  for (; gone < most && !points_.empty() && points_.begin()->first.first < before; ++gone) {
    points_.erase(points_.begin());
  }
  return gone;
}

std::size_t MemoryStore::forget_sums(Grain grain, Time before, std::size_t most) {
  Time& forgotten = forgotten_.of(grain);
  std::size_t gone = 0;
  for (;;) {
    const auto oldest = sums_.lower_bound({grain, Time::min(), ""});
    const bool none = oldest == sums_.end() || std::get<Grain>(oldest->first) != grain;
    if (none || std::get<Time>(oldest->first) >= before) return gone;
    forgotten = std::max(forgotten, before);
    if (gone == most) return gone;
    sums_.erase(oldest);
    ++gone;
  }
}

Result<std::size_t> MemoryStore::forget(const Horizon& before, std::size_t most) {
  std::size_t gone = 0;
  while (!readings_.empty() && readings_.begin()->second.instant < before.readings) {
    forgotten_.readings = std::max(forgotten_.readings, before.readings);
    if (gone == most) return gone;
    readings_.erase(readings_.begin());
    ++gone;
  }
  for (const Grain grain : kGrains) {
    if (before.of(grain) == Time::min()) continue;
    gone += forget_sums(grain, floor_to(before.of(grain), span_of(grain)), most - gone);
  }
  const Time minutes = before.of(Grain::minute);
  if (minutes != Time::min()) gone += forget_points(minute_of(minutes), most - gone);
  return gone;
}

Result<std::vector<Showing>> MemoryStore::showings(std::string_view service, Time from, Time to) {
  std::vector<Showing> found;
  for (const auto& [key, showing] : showings_) {
    if (showing.service != service || showing.at >= to) continue;
    if (showing.at <= from) found.clear();
    found.push_back(showing);
  }
  return found;
}

}  // namespace signalbox::store
