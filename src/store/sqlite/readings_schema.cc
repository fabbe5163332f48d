#include <array>

#include "store/sqlite/schema.h"

namespace signalbox::store::sqlite {
namespace {

/// Released steps stay as they are; a change of the schema is one more entry. Times are
/// milliseconds since 1970, days are days since 1970.
constexpr std::array<std::string_view, 1> kSteps = {R"sql(
CREATE TABLE reading (
  source TEXT NOT NULL,
  service TEXT NOT NULL,
  instant INTEGER NOT NULL,
  good REAL NOT NULL,
  total REAL NOT NULL,
  is_check INTEGER NOT NULL,
  latency INTEGER,
  PRIMARY KEY (source, service, instant)
) STRICT, WITHOUT ROWID;
CREATE INDEX reading_instant ON reading (instant);

CREATE TABLE day_sum (
  day INTEGER NOT NULL,
  service TEXT NOT NULL,
  good REAL NOT NULL,
  total REAL NOT NULL,
  PRIMARY KEY (day, service)
) STRICT, WITHOUT ROWID;

CREATE TABLE cursor (of TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE forgotten (one INTEGER PRIMARY KEY CHECK (one = 1), before INTEGER NOT NULL) STRICT;
)sql"};

}  // namespace

const Schema kReadingsSchema{0x53427264, kSteps, Durability::normal};  // "SBrd"

}  // namespace signalbox::store::sqlite
