#include <utility>

#include "store/memory/memory_store.h"
#include "store/sane.h"

namespace signalbox::store {

Status MemoryStore::keep_readings(std::span<const Reading> readings,
                                  const std::optional<Cursor>& cursor) {
  if (auto good = sane(readings); !good) return good;
  for (const Reading& reading : readings) {
    if (forgotten_ && reading.instant < *forgotten_) continue;
    const ReadingKey key(reading.instant, reading.source, reading.service);
    const auto [kept, is_new] = readings_.emplace(key, reading);
    const Sums before = is_new ? Sums{} : Sums{kept->second.good, kept->second.total};
    kept->second = reading;
    if (reading.check) continue;
    Sums& sums = day_sums_[{day_of(reading), reading.service}];
    sums.good += reading.good - before.good;
    sums.total += reading.total - before.total;
  }
  if (cursor) reading_cursors_.insert_or_assign(cursor->of, cursor->value);
  return {};
}

Result<std::vector<Reading>> MemoryStore::readings(Time after) {
  std::vector<Reading> found;
  for (const auto& [key, reading] : readings_) {
    if (reading.instant > after) found.push_back(reading);
  }
  return found;
}

Result<std::optional<std::string>> MemoryStore::reading_cursor(std::string_view of) {
  const auto it = reading_cursors_.find(of);
  if (it == reading_cursors_.end()) return std::optional<std::string>();
  return std::optional(it->second);
}

Result<std::vector<DaySum>> MemoryStore::day_sums(std::chrono::sys_days from) {
  std::vector<DaySum> found;
  for (const auto& [key, sums] : day_sums_) {
    if (key.first >= from) found.push_back({key.second, key.first, sums});
  }
  return found;
}

Result<std::size_t> MemoryStore::forget_readings(Time before, std::size_t most) {
  if (!forgotten_ || *forgotten_ < before) forgotten_ = before;
  std::size_t gone = 0;
  while (gone < most && !readings_.empty() && readings_.begin()->second.instant < before) {
    readings_.erase(readings_.begin());
    ++gone;
  }
  return gone;
}

}  // namespace signalbox::store
