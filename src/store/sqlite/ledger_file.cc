#include "store/sqlite/ledger_file.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "store/sqlite/delivery_rows.h"
#include "store/sqlite/query.h"
#include "store/sqlite/schema.h"

namespace signalbox::store::sqlite {
namespace {

std::int64_t stored(std::uint64_t number) { return static_cast<std::int64_t>(number); }

/// LIMIT takes a signed number.
std::int64_t limit(std::size_t most) {
  constexpr auto kMost = static_cast<std::size_t>(std::numeric_limits<std::int64_t>::max());
  return static_cast<std::int64_t>(std::min(most, kMost));
}

std::string hash_text(const Checkpoint& checkpoint) {
  return short_id(std::to_string(checkpoint.seq) + "\n" + checkpoint.payload);
}

}  // namespace

Result<LedgerFile> LedgerFile::open(const std::string& path) {
  auto file = open_for_writing(path, kLedgerSchema);
  if (!file) return file.error();
  return LedgerFile(std::move(file).value());
}

Status LedgerFile::keep(const Batch& batch) {
  if (batch.empty()) return {};
  return file_->together([&] { return keep_all(batch); });
}

Status LedgerFile::keep_all(const Batch& batch) {
  if (auto kept = keep_rows(batch.rows); !kept) return kept;
  for (const Cursor& cursor : batch.cursors) {
    if (auto kept = keep_cursor(*file_, cursor); !kept) return kept;
  }
  for (const Delivery& delivery : batch.deliveries) {
    if (auto kept = keep_delivery(*file_, delivery); !kept) return kept;
  }
  if (auto kept = keep_incidents(batch.incidents); !kept) return kept;
  if (auto kept = keep_showings(batch.showings); !kept) return kept;
  return keep_answers(batch.answers);
}

Status LedgerFile::keep_rows(const std::vector<Row>& rows) {
  if (rows.empty()) return {};
  const auto last = last_seq();
  if (!last) return last.error();
  std::uint64_t expected = *last;
  for (const Row& row : rows) {
    if (row.seq != ++expected) {
      return internal(file_->path() + ": event " + std::to_string(row.seq) + " does not follow " +
                      std::to_string(expected - 1));
    }
    Query kept = file_->query(
        "INSERT INTO event (seq, at, version, kind, payload, post_key) VALUES (?, ?, ?, ?, ?, ?)");
    kept.put(stored(row.seq)).put(stored(row.at));
    kept.put(std::int64_t{row.version}).put(row.kind).put(row.payload);
    row.key.empty() ? kept.put(std::nullopt) : kept.put(row.key);
    const auto status = kept.run();
    if (status) continue;
    if (status.error().code != Error::Code::invalid) return status;
    return invalid("post " + one_line(row.key) + " is kept already");
  }
  return {};
}

Status LedgerFile::keep_answers(const std::vector<Answer>& answers) {
  for (const Answer& answer : answers) {
    Query kept = file_->query("INSERT INTO answer (id, body) VALUES (?, ?)");
    const auto status = kept.put(answer.id).put(answer.body).run();
    if (status) continue;
    if (status.error().code != Error::Code::invalid) return status;
    return invalid("command " + one_line(answer.id) + " is answered already");
  }
  return {};
}

Status LedgerFile::keep_incidents(const std::vector<KeptIncident>& incidents) {
  for (const KeptIncident& incident : incidents) {
    Query kept = file_->query("INSERT OR REPLACE INTO incident (id, payload) VALUES (?, ?)");
    if (auto status = kept.put(incident.id).put(incident.payload).run(); !status) return status;
  }
  return {};
}

Status LedgerFile::keep_showings(const std::vector<Showing>& showings) {
  for (const Showing& showing : showings) {
    Query kept = file_->query(
        "INSERT OR REPLACE INTO showing (service, at, seq, state) VALUES (?, ?, ?, ?)");
    kept.put(showing.service).put(stored(showing.at)).put(stored(showing.seq));
    showing.state ? kept.put(word(*showing.state)) : kept.put(std::nullopt);
    if (auto status = kept.run(); !status) return status;
  }
  return {};
}

Result<std::vector<Row>> LedgerFile::rows(std::uint64_t after, std::size_t most) {
  return read_rows(*file_, after, most);
}

Result<std::uint64_t> LedgerFile::last_seq() {
  const auto last = file_->number("SELECT coalesce(max(seq), 0) FROM event");
  if (!last) return last.error();
  return static_cast<std::uint64_t>(*last);
}

Result<bool> LedgerFile::knows(std::string_view key) {
  if (key.empty()) return false;
  return file_->query("SELECT 1 FROM event WHERE post_key = ?").put(key).next();
}

Result<std::optional<std::string>> LedgerFile::cursor(std::string_view of) {
  return read_text(*file_, "SELECT value FROM cursor WHERE of = ?", of);
}

Result<std::optional<std::string>> LedgerFile::answer(std::string_view id) {
  return read_text(*file_, "SELECT body FROM answer WHERE id = ?", id);
}

Status LedgerFile::keep_checkpoint(const Checkpoint& checkpoint) {
  const auto last = last_seq();
  if (!last) return last.error();
  if (checkpoint.seq > *last) return internal("a checkpoint ahead of the ledger");
  Query kept = file_->query(
      "INSERT OR REPLACE INTO checkpoint (one, seq, payload, hash) VALUES (1, ?, ?, ?)");
  return kept.put(stored(checkpoint.seq)).put(checkpoint.payload).put(hash_text(checkpoint)).run();
}

Result<std::optional<Checkpoint>> LedgerFile::checkpoint() {
  const auto last = last_seq();
  if (!last) return last.error();
  Query asked = file_->query("SELECT seq, payload, hash FROM checkpoint");
  const auto row = asked.next();
  if (!row && row.error().code == Error::Code::unavailable) return row.error();
  if (!row || !*row) return std::optional<Checkpoint>();
  Checkpoint found;
  found.seq = static_cast<std::uint64_t>(asked.integer());
  found.payload = asked.text();
  if (asked.text() != hash_text(found) || found.seq > *last) return std::optional<Checkpoint>();
  return std::optional(std::move(found));
}

Result<std::vector<Row>> read_rows(Database& file, std::uint64_t after, std::size_t most) {
  Query asked = file.query(
      "SELECT seq, at, version, kind, payload, coalesce(post_key, '') FROM event WHERE seq > ?"
      " ORDER BY seq LIMIT ?");
  asked.put(stored(after)).put(limit(most));
  std::vector<Row> found;
  for (;;) {
    const auto step = asked.next();
    if (!step) return step.error();
    if (!*step) return found;
    Row row;
    row.seq = static_cast<std::uint64_t>(asked.integer());
    row.at = Time(Duration(asked.integer()));
    row.version = static_cast<int>(asked.integer());
    row.kind = asked.text();
    row.payload = asked.text();
    row.key = asked.text();
    found.push_back(std::move(row));
  }
}

Result<std::vector<Showing>> read_showings(Database& file, std::string_view service, Time from,
                                           Time to) {
  Query asked = file.query(
      "SELECT at, seq, state FROM showing WHERE service = ?1 AND at < ?3 AND at >= coalesce("
      "(SELECT max(at) FROM showing WHERE service = ?1 AND at <= ?2), ?2) ORDER BY at, seq");
  asked.put(service).put(from.time_since_epoch().count()).put(to.time_since_epoch().count());
  std::vector<Showing> found;
  for (;;) {
    const auto step = asked.next();
    if (!step) return step.error();
    if (!*step) return found;
    Showing showing{std::string(service), Time(Duration(asked.integer())), 0, std::nullopt};
    showing.seq = static_cast<std::uint64_t>(asked.integer());
    showing.state = state_from(asked.text());
    if (showing.at <= from) found.clear();
    found.push_back(std::move(showing));
  }
}

Result<std::optional<std::string>> read_text(Database& file, std::string_view sql,
                                             std::string_view parameter) {
  Query asked = file.query(sql);
  asked.put(parameter);
  const auto row = asked.next();
  if (!row) return row.error();
  if (!*row) return std::optional<std::string>();
  return std::optional(asked.text());
}

Status keep_cursor(Database& file, const Cursor& cursor) {
  Query kept = file.query("INSERT OR REPLACE INTO cursor (of, value) VALUES (?, ?)");
  return kept.put(cursor.of).put(cursor.value).run();
}

}  // namespace signalbox::store::sqlite
