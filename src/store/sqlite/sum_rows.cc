#include "store/sqlite/sum_rows.h"

#include <sqlite3.h>

#include <utility>

#include "store/parts.h"
#include "store/sqlite/query.h"

namespace signalbox::store::sqlite {
namespace {

constexpr std::int64_t kReadings = 0;  // in the table `forgotten`, beside the grains

/// Grains are stored as the seconds they span.
std::int64_t in_seconds(Grain grain) { return span_of(grain) / std::chrono::seconds(1); }

Latencies latencies_of(const std::string& bytes) {
  return bytes.empty() ? Latencies() : Latencies::decode(bytes).value_or({});
}

/// The latencies kept for a row; damaged ones count as none, so that counting goes on.
Result<Latencies> kept_latencies(Database& file, const Changes::Key& key) {
  const auto& [grain, start, service] = key;
  Query asked =
      file.query("SELECT latencies FROM rollup WHERE grain = ? AND start = ? AND service = ?");
  asked.put(in_seconds(grain)).put(stored(start)).put(service);
  const auto row = asked.next();
  if (!row) return row.error();
  return *row ? latencies_of(asked.text()) : Latencies();
}

void put_counts(Query& kept, const Changes::Key& key, const Rollup& more) {
  const auto& [grain, start, service] = key;
  kept.put(in_seconds(grain)).put(stored(start)).put(service);
  kept.put(more.requests.good).put(more.requests.total);
  kept.put(more.tries.good).put(more.tries.total);
  kept.put(more.left_out.good).put(more.left_out.total);
}

Status add_counts(Database& file, const Changes::Key& key, const Rollup& more) {
  Query kept = file.query(
      "INSERT INTO rollup (grain, start, service, good, total, tries_good, tries, left_out_good,"
      " left_out) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT DO UPDATE SET good = good + excluded.good, total = total + excluded.total,"
      " tries_good = tries_good + excluded.tries_good, tries = tries + excluded.tries,"
      " left_out_good = left_out_good + excluded.left_out_good,"
      " left_out = left_out + excluded.left_out");
  put_counts(kept, key, more);
  return kept.run();
}

std::string_view bytes_of(sqlite3_value* value) {
  const void* bytes = sqlite3_value_blob(value);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

/// latencies_added(kept, more). Damaged ones count as none, so that counting goes on.
void add_latencies(sqlite3_context* context, int /*parameters*/, sqlite3_value** values) {
  Latencies sum = Latencies::decode(bytes_of(values[0])).value_or({});
  sum.add(Latencies::decode(bytes_of(values[1])).value_or({}));
  const std::string bytes = sum.encode();
  sqlite3_result_blob(context, bytes.data(), static_cast<int>(bytes.size()), SQLITE_TRANSIENT);
}

/// Where nothing is taken back, the row need not be read before.
Status add_counts_with_latencies(Database& file, const Changes::Key& key, const Rollup& more) {
  Query kept = file.query(
      "INSERT INTO rollup (grain, start, service, good, total, tries_good, tries, left_out_good,"
      " left_out, latencies) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT DO UPDATE SET good = good + excluded.good, total = total + excluded.total,"
      " tries_good = tries_good + excluded.tries_good, tries = tries + excluded.tries,"
      " left_out_good = left_out_good + excluded.left_out_good,"
      " left_out = left_out + excluded.left_out,"
      " latencies = latencies_added(latencies, excluded.latencies)");
  put_counts(kept, key, more);
  return kept.put_bytes(more.latencies.encode()).run();
}

Status replace_latencies(Database& file, const Changes::Key& key, const Change& change) {
  auto latencies = kept_latencies(file, key);
  if (!latencies) return latencies.error();
  Query kept = file.query(
      "INSERT INTO rollup (grain, start, service, good, total, tries_good, tries, left_out_good,"
      " left_out, latencies) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
      " ON CONFLICT DO UPDATE SET good = good + excluded.good, total = total + excluded.total,"
      " tries_good = tries_good + excluded.tries_good, tries = tries + excluded.tries,"
      " left_out_good = left_out_good + excluded.left_out_good,"
      " left_out = left_out + excluded.left_out, latencies = excluded.latencies");
  put_counts(kept, key, change.more);
  return kept.put_bytes(change.applied(std::move(*latencies)).encode()).run();
}

Status keep_change(Database& file, const Changes::Key& key, const Change& change) {
  if (!change.moves_latencies()) return add_counts(file, key, change.more);
  if (change.less.empty()) return add_counts_with_latencies(file, key, change.more);
  return replace_latencies(file, key, change);
}

/// The counts of the current row, from `good` on.
Rollup counts(Query& asked) {
  Rollup row;
  for (Sums* sums : {&row.requests, &row.tries, &row.left_out}) {
    sums->good = asked.real();
    sums->total = asked.real();
  }
  return row;
}

Status add_part(Database& file, std::string_view service, const Part& part,
                std::vector<Rollup>& to) {
  Query asked = file.query(
      "SELECT start, good, total, tries_good, tries, left_out_good, left_out, latencies"
      " FROM rollup INDEXED BY rollup_service"
      " WHERE grain = ? AND service = ? AND start >= ? AND start < ? ORDER BY start");
  asked.put(in_seconds(part.grain)).put(service).put(stored(part.from)).put(stored(part.to));
  Steps steps(part.step);
  for (;;) {
    const auto step = asked.next();
    if (!step) return step.error();
    if (!*step) break;
    const Time start{Duration(asked.integer())};
    Rollup row = counts(asked);
    row.from = start;
    row.latencies = latencies_of(asked.text());
    steps.add(row);
  }
  for (Rollup& rollup : std::move(steps).take()) to.push_back(std::move(rollup));
  return {};
}

}  // namespace

Status teach_sums(Database& file) { return file.teach("latencies_added", 2, add_latencies); }

Status keep_changes(Database& file, const Changes& changes) {
  for (const auto& [key, change] : changes.all()) {
    if (auto kept = keep_change(file, key, change); !kept) return kept;
  }
  return {};
}

Result<std::vector<ServiceSums>> sums(Database& file, Grain grain, Time from) {
  Query asked = file.query(
      "SELECT start, service, good, total, tries_good, tries, left_out_good, left_out FROM rollup"
      " WHERE grain = ? AND start >= ? ORDER BY start, service");
  asked.put(in_seconds(grain)).put(stored(from));
  std::vector<ServiceSums> found;
  for (;;) {
    const auto step = asked.next();
    if (!step) return step.error();
    if (!*step) return found;
    const Time start{Duration(asked.integer())};
    std::string service = asked.text();
    Rollup row = counts(asked);
    row.from = start;
    row.span = span_of(grain);
    found.push_back({std::move(service), std::move(row)});
  }
}

Result<std::vector<Rollup>> rollups(Database& file, std::string_view service, Time from, Time to,
                                    Duration step) {
  if (auto whole = steppable(step); !whole) return whole.error();
  const auto gone = forgotten(file);
  if (!gone) return gone.error();
  std::vector<Rollup> found;
  for (const Part& part : parts(from, to, step, *gone)) {
    if (auto added = add_part(file, service, part, found); !added) return added.error();
  }
  return found;
}

Result<Horizon> forgotten(Database& file) {
  Query asked = file.query("SELECT what, before FROM forgotten");
  Horizon horizon;
  for (;;) {
    const auto step = asked.next();
    if (!step) return step.error();
    if (!*step) return horizon;
    const std::int64_t what = asked.integer();
    const Time before{Duration(asked.integer())};
    if (what == kReadings) horizon.readings = before;
    for (const Grain grain : kGrains) {
      if (what == in_seconds(grain)) horizon.of(grain) = before;
    }
  }
}

Status mark_forgotten(Database& file, const Horizon& horizon) {
  const auto mark = [&](std::int64_t what, Time before) {
    if (before == Time::min()) return Status();
    Query marked = file.query(
        "INSERT INTO forgotten (what, before) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET before = max(before, excluded.before)");
    return marked.put(what).put(stored(before)).run();
  };
  if (auto marked = mark(kReadings, horizon.readings); !marked) return marked;
  for (const Grain grain : kGrains) {
    if (auto marked = mark(in_seconds(grain), horizon.of(grain)); !marked) return marked;
  }
  return {};
}

Result<std::size_t> delete_sums(Database& file, Grain grain, Time before, std::size_t most) {
  Query deleted = file.query(
      "DELETE FROM rollup WHERE (grain, start, service) IN"
      " (SELECT grain, start, service FROM rollup WHERE grain = ? AND start < ?"
      " ORDER BY start LIMIT ?)");
  deleted.put(in_seconds(grain)).put(stored(before)).put(static_cast<std::int64_t>(most));
  if (auto done = deleted.run(); !done) return done.error();
  return static_cast<std::size_t>(file.changes());
}

Result<bool> has_sums(Database& file, Grain grain, Time before) {
  Query asked = file.query("SELECT 1 FROM rollup WHERE grain = ? AND start < ? LIMIT 1");
  return asked.put(in_seconds(grain)).put(stored(before)).next();
}

}  // namespace signalbox::store::sqlite
