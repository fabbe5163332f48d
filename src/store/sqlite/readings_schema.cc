#include <array>

#include "store/sqlite/schema.h"

namespace signalbox::store::sqlite {
namespace {

/// Released steps stay as they are; a change of the schema is one more entry. Times are
/// milliseconds since 1970, days are days since 1970, a grain is the seconds it spans; 0 in
/// `forgotten` are the readings.
constexpr std::array<std::string_view, 4> kSteps = {
    R"sql(
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
)sql",
    // Readings by instant, so that new ones stand together and old ones go together. What the old
    // table holds is summed a minute and an hour; days stay as they were summed. How long tries
    // took was not summed, and is dropped, so that sums stay those of their readings.
    R"sql(
ALTER TABLE reading RENAME TO old_reading;
CREATE TABLE reading (
  instant INTEGER NOT NULL,
  source TEXT NOT NULL,
  service TEXT NOT NULL,
  good REAL NOT NULL,
  total REAL NOT NULL,
  is_check INTEGER NOT NULL,
  quiet INTEGER NOT NULL,
  grade TEXT,
  latency INTEGER,
  latencies BLOB,
  PRIMARY KEY (instant, source, service)
) STRICT, WITHOUT ROWID;
INSERT INTO reading
  SELECT instant, source, service, good, total, is_check, 0, NULL, NULL, NULL FROM old_reading
  ORDER BY instant, source, service;
DROP TABLE old_reading;

CREATE TABLE rollup (
  grain INTEGER NOT NULL,
  start INTEGER NOT NULL,
  service TEXT NOT NULL,
  good REAL NOT NULL,
  total REAL NOT NULL,
  tries_good REAL NOT NULL,
  tries REAL NOT NULL,
  left_out_good REAL NOT NULL,
  left_out REAL NOT NULL,
  latencies BLOB,
  PRIMARY KEY (grain, start, service)
) STRICT, WITHOUT ROWID;

ALTER TABLE forgotten RENAME TO old_forgotten;
CREATE TABLE forgotten (what INTEGER PRIMARY KEY, before INTEGER NOT NULL) STRICT;
INSERT INTO forgotten SELECT 0, before FROM old_forgotten;
INSERT INTO forgotten
  SELECT grain, (before + grain * 1000 - 1) / (grain * 1000) * (grain * 1000)
  FROM old_forgotten, (SELECT 60 AS grain UNION ALL SELECT 3600);
DROP TABLE old_forgotten;

INSERT INTO rollup
  SELECT grain, instant / (grain * 1000) * (grain * 1000) AS start, service,
    sum(iif(is_check, 0.0, good)), sum(iif(is_check, 0.0, total)),
    sum(iif(is_check, good, 0.0)), sum(iif(is_check, total, 0.0)), 0, 0, NULL
  FROM reading, (SELECT 60 AS grain UNION ALL SELECT 3600 UNION ALL SELECT 86400)
  WHERE instant / (grain * 1000) * (grain * 1000)
    >= coalesce((SELECT before FROM forgotten WHERE what = grain), 0)
  GROUP BY grain, start, service;
INSERT INTO rollup
  SELECT 86400, day * 86400000, service, good, total, 0, 0, 0, 0, NULL FROM day_sum WHERE true
  ON CONFLICT DO UPDATE SET good = excluded.good, total = excluded.total;
DROP TABLE day_sum;
CREATE INDEX rollup_service ON rollup (grain, service, start);
)sql",
    // Points that are drawn, one a metric and minute; those that were kept as text of a cursor.
    R"sql(
CREATE TABLE point (
  metric TEXT NOT NULL,
  minute INTEGER NOT NULL,
  at INTEGER NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (metric, minute)
) STRICT, WITHOUT ROWID;
CREATE INDEX point_minute ON point (minute);
INSERT OR REPLACE INTO point
  SELECT substr(of, 8), json_extract(row.value, '$[0]') / 60000 * 60000,
    json_extract(row.value, '$[0]') AS at, json_extract(row.value, '$[1]') + 0.0
  FROM cursor, json_each(iif(json_valid(cursor.value), cursor.value, '[]')) AS row
  WHERE substr(of, 1, 7) = 'metric' || char(10)
    AND typeof(json_extract(row.value, '$[0]')) = 'integer'
    AND abs(json_extract(row.value, '$[1]')) <= 1e15
  ORDER BY at;
DELETE FROM cursor WHERE substr(of, 1, 7) = 'metric' || char(10);
)sql",
    // Of a try that was not UP: what was wrong. NULL says nothing.
    R"sql(
ALTER TABLE reading ADD COLUMN why TEXT;
)sql"};

}  // namespace

const Schema kReadingsSchema{0x53427264, kSteps, Durability::normal};  // "SBrd"

}  // namespace signalbox::store::sqlite
