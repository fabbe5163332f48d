#include "store/sqlite/readings_file.h"

#include <algorithm>
#include <utility>

#include "store/sane.h"
#include "store/sqlite/ledger_file.h"
#include "store/sqlite/point_rows.h"
#include "store/sqlite/query.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/sum_rows.h"

namespace signalbox::store::sqlite {
namespace {

Status put_and_run(Query& kept, const Reading& reading) {
  kept.put(stored(reading.instant)).put(reading.source).put(reading.service);
  kept.put(reading.good).put(reading.total).put(std::int64_t{reading.check ? 1 : 0});
  kept.put(std::int64_t{reading.quiet ? 1 : 0});
  reading.grade ? kept.put(word(*reading.grade)) : kept.put(std::nullopt);
  std::optional<std::int64_t> latency;
  if (reading.latency) latency = reading.latency->count();
  kept.put(latency).put_bytes(reading.latencies.encode());
  reading.why.empty() ? kept.put(std::nullopt) : kept.put(reading.why);
  return kept.run();
}

/// What follows the key in a row: good, total, is_check, quiet, grade, latency, latencies, why.
void read_rest(Query& asked, Reading& reading) {
  reading.good = asked.real();
  reading.total = asked.real();
  reading.check = asked.integer() != 0;
  reading.quiet = asked.integer() != 0;
  reading.grade = state_from(asked.text());
  if (const auto latency = asked.maybe_integer()) reading.latency = Duration(*latency);
  reading.latencies = Latencies::decode(asked.text()).value_or({});
  reading.why = asked.text();
}

/// The later of two, where the first says anything.
Time later(Time marked, Time before) {
  return before == Time::min() ? marked : std::max(marked, before);
}

}  // namespace

Result<ReadingsFile> ReadingsFile::open(const std::string& path) {
  auto file = open_for_writing(path, kReadingsSchema);
  if (!file) return file.error();
  if (auto taught = teach_sums(**file); !taught) return taught.error();
  const auto gone = forgotten(**file);
  if (!gone) return gone.error();
  return ReadingsFile(std::move(file).value(), *gone);
}

Result<std::vector<ServiceSums>> ReadingsFile::keep(std::span<const Reading> readings,
                                                    const std::optional<Cursor>& cursor) {
  Changes changes(forgotten_);
  if (readings.empty() && !cursor) return std::move(changes).moved();
  if (auto good = sane(readings); !good) return good.error();
  const Status kept = file_->together([&]() -> Status {
    if (auto all = keep_all(readings, changes); !all) return all;
    if (auto summed = keep_changes(*file_, changes); !summed) return summed;
    return cursor ? keep_cursor(*file_, *cursor) : Status();
  });
  if (!kept) return kept.error();
  return std::move(changes).moved();
}

Status ReadingsFile::keep_all(std::span<const Reading> readings, Changes& changes) {
  for (const Reading& reading : readings) {
    if (reading.instant < forgotten_.readings) continue;
    if (auto kept = replace(reading, changes); !kept) return kept;
  }
  return {};
}

Status ReadingsFile::replace(const Reading& reading, Changes& changes) {
  Query added = file_->query(
      "INSERT INTO reading (instant, source, service, good, total, is_check, quiet, grade,"
      " latency, latencies, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT DO NOTHING");
  if (auto kept = put_and_run(added, reading); !kept) return kept;
  if (file_->changes() > 0) {
    changes.add(reading, nullptr);
    return {};
  }
  const auto before = kept_under_key_of(reading);
  if (!before) return before.error();
  if (*before && **before == reading) return {};
  changes.add(reading, *before ? &**before : nullptr);
  Query replaced = file_->query(
      "INSERT OR REPLACE INTO reading (instant, source, service, good, total, is_check, quiet,"
      " grade, latency, latencies, why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  return put_and_run(replaced, reading);
}

Result<std::optional<Reading>> ReadingsFile::kept_under_key_of(const Reading& reading) {
  Query known = file_->query(
      "SELECT good, total, is_check, quiet, grade, latency, latencies, why FROM reading"
      " WHERE instant = ? AND source = ? AND service = ?");
  known.put(stored(reading.instant)).put(reading.source).put(reading.service);
  const auto found = known.next();
  if (!found) return found.error();
  if (!*found) return std::optional<Reading>();
  Reading kept;
  kept.source = reading.source;
  kept.service = reading.service;
  kept.instant = reading.instant;
  read_rest(known, kept);
  return std::optional(std::move(kept));
}

Status ReadingsFile::each_reading(Time after, const std::function<void(const Reading&)>& take) {
  Query asked = file_->query(
      "SELECT source, service, instant, good, total, is_check, quiet, grade, latency, latencies,"
      " why FROM reading WHERE instant > ? ORDER BY instant, source, service");
  asked.put(stored(after));
  for (;;) {
    const auto row = asked.next();
    if (!row) return row.error();
    if (!*row) return {};
    Reading reading;
    reading.source = asked.text();
    reading.service = asked.text();
    reading.instant = Time(Duration(asked.integer()));
    read_rest(asked, reading);
    take(reading);
  }
}

Result<std::optional<std::string>> ReadingsFile::cursor(std::string_view of) {
  return read_text(*file_, "SELECT value FROM cursor WHERE of = ?", of);
}

/// Of `before`, what there is anything older than; sums rounded down to whole rows.
Result<Horizon> ReadingsFile::what_is_there(const Horizon& before) {
  Horizon there;
  Query asked = file_->query("SELECT 1 FROM reading WHERE instant < ? LIMIT 1");
  const auto any = asked.put(stored(before.readings)).next();
  if (!any) return any.error();
  if (*any) there.readings = before.readings;
  for (const Grain grain : kGrains) {
    if (before.of(grain) == Time::min()) continue;
    const Time start = floor_to(before.of(grain), span_of(grain));
    const auto some = has_sums(*file_, grain, start);
    if (!some) return some.error();
    if (*some) there.of(grain) = start;
  }
  return there;
}

Result<std::size_t> ReadingsFile::delete_readings(Time before, std::size_t most) {
  Query deleted = file_->query(
      "DELETE FROM reading WHERE (instant, source, service) IN"
      " (SELECT instant, source, service FROM reading WHERE instant < ? ORDER BY instant LIMIT ?)");
  deleted.put(stored(before)).put(static_cast<std::int64_t>(most));
  if (auto done = deleted.run(); !done) return done.error();
  return static_cast<std::size_t>(file_->changes());
}

Result<std::size_t> ReadingsFile::forget(const Horizon& before, std::size_t most) {
  const auto measured = forget_measured(before, most);
  const Time minutes = before.of(Grain::minute);
  if (!measured || *measured >= most || minutes == Time::min()) return measured;
  const Time start = floor_to(minutes, span_of(Grain::minute));
  const auto drawn = delete_points(*file_, start, most - *measured);
  if (!drawn) return drawn.error();
  return *measured + *drawn;
}

Result<std::size_t> ReadingsFile::forget_measured(const Horizon& before, std::size_t most) {
  const auto there = what_is_there(before);
  if (!there) return there.error();
  if (*there == Horizon{}) return std::size_t{0};
  std::size_t gone = 0;
  const Status done = file_->together([&]() -> Status {
    if (auto marked = mark_forgotten(*file_, *there); !marked) return marked;
    const auto add = [&gone](const Result<std::size_t>& went) {
      if (!went) return Status(went.error());
      gone += *went;
      return Status();
    };
    if (there->readings != Time::min()) {
      if (auto went = add(delete_readings(there->readings, most)); !went) return went;
    }
    for (const Grain grain : kGrains) {
      if (there->of(grain) == Time::min() || gone >= most) continue;
      auto went = add(delete_sums(*file_, grain, there->of(grain), most - gone));
      if (!went) return went;
    }
    return {};
  });
  if (!done) return done.error();
  forgotten_.readings = later(forgotten_.readings, there->readings);
  for (const Grain grain : kGrains) {
    forgotten_.of(grain) = later(forgotten_.of(grain), there->of(grain));
  }
  return gone;
}

}  // namespace signalbox::store::sqlite
