#include <array>

#include "store/sqlite/schema.h"

namespace signalbox::store::sqlite {
namespace {

/// Released steps stay as they are; a change of the schema is one more entry. Times are
/// milliseconds since 1970.
constexpr std::array<std::string_view, 4> kSteps = {
    R"sql(
CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  post_key TEXT
) STRICT;
CREATE UNIQUE INDEX event_post_key ON event (post_key) WHERE post_key IS NOT NULL;

CREATE TABLE cursor (of TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE answer (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  seq INTEGER NOT NULL,
  payload TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE delivery (
  made INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  announcement TEXT NOT NULL,
  account TEXT NOT NULL,
  tidings TEXT NOT NULL,
  text TEXT NOT NULL,
  reply_to TEXT NOT NULL,
  thread TEXT NOT NULL,
  direct_to TEXT NOT NULL,
  priority INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  looks INTEGER NOT NULL,
  created INTEGER NOT NULL,
  due INTEGER NOT NULL,
  sent_at INTEGER,
  remote_id TEXT NOT NULL,
  remote_url TEXT NOT NULL,
  error TEXT NOT NULL,
  revoked INTEGER NOT NULL
) STRICT;
CREATE INDEX delivery_open ON delivery (priority DESC, made)
  WHERE state IN ('waiting', 'sending', 'in_doubt');
CREATE INDEX delivery_announcement ON delivery (announcement);
CREATE INDEX delivery_remote ON delivery (account, remote_id) WHERE remote_id <> '';
)sql",
    // Without the checkpoint the next start folds the whole ledger, and keeps the incidents in it.
    R"sql(
CREATE TABLE incident (id TEXT PRIMARY KEY, payload TEXT NOT NULL) STRICT;
DELETE FROM checkpoint;
)sql",
    // As above: the next start folds the whole ledger, and keeps when which state was shown.
    R"sql(
CREATE TABLE showing (
  service TEXT NOT NULL,
  at INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  state TEXT,
  PRIMARY KEY (service, at, seq)
) STRICT, WITHOUT ROWID;
DELETE FROM checkpoint;
)sql",
    // When each incident was open, out of its payload, so that a stretch of time is looked up in an
    // index; what is not JSON is in none, what is not over ends never.
    R"sql(
ALTER TABLE incident ADD COLUMN opened INTEGER GENERATED ALWAYS AS
  (iif(json_valid(payload), CAST(json_extract(payload, '$.opened') AS INTEGER), NULL)) VIRTUAL;
ALTER TABLE incident ADD COLUMN ended INTEGER GENERATED ALWAYS AS
  (iif(json_valid(payload),
    coalesce(CAST(json_extract(payload, '$.resolved') AS INTEGER), 9223372036854775807),
    NULL)) VIRTUAL;
CREATE INDEX incident_time ON incident (ended, opened);
)sql"};

}  // namespace

const Schema kLedgerSchema{0x53426c67, kSteps, Durability::full};  // "SBlg"

}  // namespace signalbox::store::sqlite
