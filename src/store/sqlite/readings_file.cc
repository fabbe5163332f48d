#include "store/sqlite/readings_file.h"

#include <limits>
#include <utility>

#include "store/sane.h"
#include "store/sqlite/ledger_file.h"
#include "store/sqlite/schema.h"

namespace signalbox::store::sqlite {
namespace {

std::int64_t stored(Time t) { return t.time_since_epoch().count(); }

}  // namespace

Result<ReadingsFile> ReadingsFile::open(const std::string& path) {
  auto file = open_for_writing(path, kReadingsSchema);
  if (!file) return file.error();
  return ReadingsFile(std::move(file).value());
}

Status ReadingsFile::keep(std::span<const Reading> readings, const std::optional<Cursor>& cursor) {
  if (readings.empty() && !cursor) return {};
  if (auto good = sane(readings); !good) return good;
  return file_->together([&] { return keep_all(readings, cursor); });
}

Status ReadingsFile::keep_all(std::span<const Reading> readings,
                              const std::optional<Cursor>& cursor) {
  const auto forgotten =
      file_->number("SELECT coalesce(max(before), -9223372036854775808) FROM forgotten");
  if (!forgotten) return forgotten.error();
  for (const Reading& reading : readings) {
    if (stored(reading.instant) < *forgotten) continue;
    const auto more = replace(reading);
    if (!more) return more.error();
    if (reading.check) continue;
    if (auto added = add_to_day(reading, *more); !added) return added;
  }
  return cursor ? keep_cursor(*file_, *cursor) : Status();
}

/// Keeps it in the place of the one of its key; gives what it adds to the sums.
Result<Sums> ReadingsFile::replace(const Reading& reading) {
  Query known = file_->query(
      "SELECT good, total FROM reading WHERE source = ? AND service = ? AND instant = ?");
  known.put(reading.source).put(reading.service).put(stored(reading.instant));
  const auto found = known.next();
  if (!found) return found.error();
  Sums before;
  if (*found) {
    before.good = known.real();
    before.total = known.real();
  }
  Query kept = file_->query(
      "INSERT OR REPLACE INTO reading (source, service, instant, good, total, is_check, latency)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)");
  kept.put(reading.source).put(reading.service).put(stored(reading.instant));
  kept.put(reading.good).put(reading.total).put(std::int64_t{reading.check ? 1 : 0});
  std::optional<std::int64_t> latency;
  if (reading.latency) latency = reading.latency->count();
  if (auto done = kept.put(latency).run(); !done) return done.error();
  return Sums{reading.good - before.good, reading.total - before.total};
}

Status ReadingsFile::add_to_day(const Reading& reading, const Sums& more) {
  Query kept = file_->query(
      "INSERT INTO day_sum (day, service, good, total) VALUES (?, ?, ?, ?)"
      " ON CONFLICT (day, service) DO UPDATE SET good = good + excluded.good,"
      " total = total + excluded.total");
  kept.put(std::int64_t{day_of(reading).time_since_epoch().count()}).put(reading.service);
  return kept.put(more.good).put(more.total).run();
}

Result<std::vector<Reading>> ReadingsFile::readings(Time after) {
  Query asked = file_->query(
      "SELECT source, service, instant, good, total, is_check, latency FROM reading"
      " WHERE instant > ? ORDER BY instant, source, service");
  asked.put(stored(after));
  std::vector<Reading> found;
  for (;;) {
    const auto row = asked.next();
    if (!row) return row.error();
    if (!*row) return found;
    Reading reading;
    reading.source = asked.text();
    reading.service = asked.text();
    reading.instant = Time(Duration(asked.integer()));
    reading.good = asked.real();
    reading.total = asked.real();
    reading.check = asked.integer() != 0;
    if (const auto latency = asked.maybe_integer()) reading.latency = Duration(*latency);
    found.push_back(std::move(reading));
  }
}

Result<std::optional<std::string>> ReadingsFile::cursor(std::string_view of) {
  return read_text(*file_, "SELECT value FROM cursor WHERE of = ?", of);
}

Result<std::vector<DaySum>> ReadingsFile::day_sums(std::chrono::sys_days from) {
  Query asked = file_->query(
      "SELECT day, service, good, total FROM day_sum WHERE day >= ? ORDER BY day, service");
  asked.put(std::int64_t{from.time_since_epoch().count()});
  std::vector<DaySum> found;
  for (;;) {
    const auto row = asked.next();
    if (!row) return row.error();
    if (!*row) return found;
    DaySum sum;
    sum.day = std::chrono::sys_days(std::chrono::days(asked.integer()));
    sum.service = asked.text();
    sum.sums.good = asked.real();
    sum.sums.total = asked.real();
    found.push_back(std::move(sum));
  }
}

Result<std::size_t> ReadingsFile::forget(Time before, std::size_t most) {
  std::size_t gone = 0;
  auto done = file_->together([&]() -> Status {
    Query marked = file_->query(
        "INSERT INTO forgotten (one, before) VALUES (1, ?)"
        " ON CONFLICT (one) DO UPDATE SET before = max(before, excluded.before)");
    if (auto status = marked.put(stored(before)).run(); !status) return status;
    Query deleted = file_->query(
        "DELETE FROM reading WHERE (source, service, instant) IN"
        " (SELECT source, service, instant FROM reading WHERE instant < ? ORDER BY instant LIMIT "
        "?)");
    deleted.put(stored(before)).put(static_cast<std::int64_t>(most));
    if (auto status = deleted.run(); !status) return status;
    gone = static_cast<std::size_t>(file_->changes());
    return {};
  });
  if (!done) return done.error();
  return gone;
}

}  // namespace signalbox::store::sqlite
