#include "store/sqlite/delivery_rows.h"

#include <string>
#include <utility>

#include "store/sqlite/query.h"

namespace signalbox::store::sqlite {
namespace {

constexpr std::string_view kKeep =
    "INSERT INTO delivery (id, announcement, account, tidings, text, reply_to, thread, direct_to,"
    " priority, state, attempts, looks, created, due, sent_at, remote_id, remote_url, error, "
    "revoked)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET announcement = excluded.announcement,"
    " account = excluded.account, tidings = excluded.tidings, text = excluded.text,"
    " reply_to = excluded.reply_to, thread = excluded.thread, direct_to = excluded.direct_to,"
    " priority = excluded.priority, state = excluded.state, attempts = excluded.attempts,"
    " looks = excluded.looks, created = excluded.created, due = excluded.due,"
    " sent_at = excluded.sent_at, remote_id = excluded.remote_id,"
    " remote_url = excluded.remote_url, error = excluded.error, revoked = excluded.revoked";

constexpr std::string_view kOpen =
    "SELECT id, announcement, account, tidings, text, reply_to, thread, direct_to, priority, state,"
    " attempts, looks, created, due, sent_at, remote_id, remote_url, error, revoked FROM delivery"
    " WHERE state IN ('waiting', 'sending', 'in_doubt') ORDER BY priority DESC, made";

constexpr std::string_view kNewest =
    "SELECT id, announcement, account, tidings, text, reply_to, thread, direct_to, priority, state,"
    " attempts, looks, created, due, sent_at, remote_id, remote_url, error, revoked FROM delivery"
    " ORDER BY made DESC LIMIT ?";

constexpr std::string_view kOf =
    "SELECT id, announcement, account, tidings, text, reply_to, thread, direct_to, priority, state,"
    " attempts, looks, created, due, sent_at, remote_id, remote_url, error, revoked FROM delivery"
    " WHERE announcement = ? ORDER BY made";

constexpr std::string_view kOne =
    "SELECT id, announcement, account, tidings, text, reply_to, thread, direct_to, priority, state,"
    " attempts, looks, created, due, sent_at, remote_id, remote_url, error, revoked FROM delivery"
    " WHERE id = ?";

constexpr std::string_view kSentAs =
    "SELECT id, announcement, account, tidings, text, reply_to, thread, direct_to, priority, state,"
    " attempts, looks, created, due, sent_at, remote_id, remote_url, error, revoked FROM delivery"
    " WHERE account = ? AND remote_id = ? AND remote_id <> '' AND state = 'sent' LIMIT 1";

Time instant(std::int64_t milliseconds) { return Time(Duration(milliseconds)); }

std::optional<Tidings> tidings_from(std::string_view stored_word) {
  for (int n = 0; n <= static_cast<int>(Tidings::digest); ++n) {
    const auto tidings = static_cast<Tidings>(n);
    if (word(tidings) == stored_word) return tidings;
  }
  return std::nullopt;
}

Error unknown_word(const Database& file, const std::string& id, const std::string& what) {
  return corrupt(file.path() + ": delivery " + id + " holds the unknown word '" + what +
                 "'; put a backup in its place");
}

/// The current row.
Result<Delivery> read(const Database& file, Query& row) {
  Delivery d;
  d.id = row.text();
  d.announcement = row.text();
  d.account = row.text();
  const std::string tidings = row.text();
  d.text = row.text();
  d.reply_to = row.text();
  d.thread = row.text();
  d.direct_to = row.text();
  d.priority = static_cast<int>(row.integer());
  const std::string state = row.text();
  d.attempts = static_cast<int>(row.integer());
  d.looks = static_cast<int>(row.integer());
  d.created = instant(row.integer());
  d.due = instant(row.integer());
  if (const auto sent_at = row.maybe_integer()) d.sent_at = instant(*sent_at);
  d.remote_id = row.text();
  d.remote_url = row.text();
  d.error = row.text();
  d.revoked = row.integer() != 0;

  const auto known_tidings = tidings_from(tidings);
  if (!known_tidings) return unknown_word(file, d.id, tidings);
  const auto known_state = delivery_state_from(state);
  if (!known_state) return unknown_word(file, d.id, state);
  d.tidings = *known_tidings;
  d.state = *known_state;
  return d;
}

Result<std::vector<Delivery>> read_all(const Database& file, Query& asked) {
  std::vector<Delivery> found;
  for (;;) {
    const auto row = asked.next();
    if (!row) return row.error();
    if (!*row) return found;
    auto delivery = read(file, asked);
    if (!delivery) return delivery.error();
    found.push_back(std::move(delivery).value());
  }
}

Result<std::optional<Delivery>> read_one(const Database& file, Query& asked) {
  auto found = read_all(file, asked);
  if (!found) return found.error();
  if (found->empty()) return std::optional<Delivery>();
  return std::optional(std::move(found->front()));
}

}  // namespace

Status keep_delivery(Database& file, const Delivery& d) {
  std::optional<std::int64_t> sent_at;
  if (d.sent_at) sent_at = stored(*d.sent_at);
  Query kept = file.query(kKeep);
  kept.put(d.id).put(d.announcement).put(d.account).put(word(d.tidings)).put(d.text);
  kept.put(d.reply_to).put(d.thread).put(d.direct_to);
  kept.put(std::int64_t{d.priority}).put(word(d.state));
  kept.put(std::int64_t{d.attempts}).put(std::int64_t{d.looks});
  kept.put(stored(d.created)).put(stored(d.due)).put(sent_at);
  kept.put(d.remote_id).put(d.remote_url).put(d.error);
  kept.put(std::int64_t{d.revoked ? 1 : 0});
  return kept.run();
}

Result<std::vector<Delivery>> open_deliveries(Database& file) {
  Query asked = file.query(kOpen);
  return read_all(file, asked);
}

Result<std::vector<Delivery>> newest_deliveries(Database& file, std::size_t most) {
  Query asked = file.query(kNewest);
  asked.put(static_cast<std::int64_t>(most));
  return read_all(file, asked);
}

Result<std::vector<Delivery>> deliveries_of(Database& file, std::string_view announcement) {
  Query asked = file.query(kOf);
  asked.put(announcement);
  return read_all(file, asked);
}

Result<std::optional<Delivery>> delivery(Database& file, std::string_view id) {
  Query asked = file.query(kOne);
  asked.put(id);
  return read_one(file, asked);
}

Result<std::optional<Delivery>> sent_as(Database& file, std::string_view account,
                                        std::string_view remote_id) {
  Query asked = file.query(kSentAs);
  asked.put(account).put(remote_id);
  return read_one(file, asked);
}

}  // namespace signalbox::store::sqlite
