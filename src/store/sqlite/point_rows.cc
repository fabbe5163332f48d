#include "store/sqlite/point_rows.h"

#include "store/grain.h"
#include "store/parts.h"
#include "store/sane.h"
#include "store/sqlite/query.h"

namespace signalbox::store::sqlite {
namespace {

Status keep_point(Database& file, const DrawnPoint& point) {
  Query kept = file.query(
      "INSERT INTO point (metric, minute, at, value) VALUES (?, ?, ?, ?)"
      " ON CONFLICT DO UPDATE SET at = excluded.at, value = excluded.value"
      " WHERE excluded.at >= at");
  kept.put(point.metric).put(stored(floor_to(point.at, span_of(Grain::minute))));
  return kept.put(stored(point.at)).put(point.value).run();
}

}  // namespace

Status keep_points(Database& file, std::span<const DrawnPoint> points) {
  if (points.empty()) return {};
  if (auto good = sane(points); !good) return good;
  return file.together([&]() -> Status {
    for (const DrawnPoint& point : points) {
      if (auto kept = keep_point(file, point); !kept) return kept;
    }
    return {};
  });
}

Result<std::vector<DrawnStretch>> points(Database& file, std::string_view metric, Time from,
                                         Time to, Duration step) {
  if (auto whole = steppable(step); !whole) return whole.error();
  Query asked = file.query(
      "SELECT minute / ?1 * ?1 AS start, count(*), sum(value), min(value), max(value) FROM point"
      " WHERE metric = ?2 AND minute >= ?3 AND minute < ?4 GROUP BY start ORDER BY start");
  asked.put(step.count()).put(metric).put(stored(from)).put(stored(to));
  std::vector<DrawnStretch> found;
  for (;;) {
    const auto row = asked.next();
    if (!row) return row.error();
    if (!*row) return found;
    DrawnStretch stretch;
    stretch.from = Time(Duration(asked.integer()));
    stretch.span = step;
    stretch.count = asked.integer();
    stretch.sum = asked.real();
    stretch.least = asked.real();
    stretch.most = asked.real();
    found.push_back(stretch);
  }
}

Result<std::size_t> delete_points(Database& file, Time before, std::size_t most) {
  Query deleted = file.query(
      "DELETE FROM point WHERE (metric, minute) IN"
      " (SELECT metric, minute FROM point WHERE minute < ? ORDER BY minute LIMIT ?)");
  deleted.put(stored(before)).put(static_cast<std::int64_t>(most));
  if (auto done = deleted.run(); !done) return done.error();
  return static_cast<std::size_t>(file.changes());
}

}  // namespace signalbox::store::sqlite
