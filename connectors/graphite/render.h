// Graphite's render API: the points of one target, and what they count between two instants.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "connectors/server.h"

namespace signalbox::connectors::graphite {

/// One series: points by time, each covering the step that begins there. Null is no number.
struct Series {
  struct Point {
    std::int64_t at = 0;  ///< seconds since 1970
    std::optional<double> number;
  };
  std::vector<Point> points;
  /// When its newest number begins; nullopt when it has none.
  std::optional<std::int64_t> newest() const;
};
using Target = std::vector<Series>;

/// The series in an answer's body; corrupt when it is not Graphite's form. An unknown metric is no
/// series at all.
Result<Target> read_target(std::string_view body);

/// What a target counted from `from` up to `to`, both in seconds.
struct Bucket {
  enum class What {
    counted,  ///< `number`
    unknown,  ///< a point inside is null, and will stay so
    pending,  ///< the newest points are not flushed yet: ask again
    absent,   ///< no series, or none with a point there
  };
  What what = What::absent;
  double number = 0;
};
/// Nulls behind a series' last number are not written yet, nulls before it never will be. Several
/// series are summed; one that ended while others went on past `to` + `patience` does not count.
Bucket count(const Target& target, std::int64_t from, std::int64_t to, std::int64_t patience);

/// The same of raw counters: what the series grew by, each from its last number before `from`. A
/// number below the one before began at 0 again. A null inside loses nothing, as what it hides is
/// in the next number; without any number inside, the growth is the next interval's (unknown).
/// Series without a number before `from` have nothing to compare with (absent).
Bucket grown(const Target& target, std::int64_t from, std::int64_t to, std::int64_t patience);

/// Whether any of the series has a number later than `past`.
bool went_on(const Target& target, std::int64_t past);

/// Whether the points given go on up to `to`: a server whose clock is behind ours stops short of
/// it.
bool reaches(const Target& target, std::int64_t to);

/// The points of `target` from `from` to `to`, in seconds. `server` outlives the call.
Task<Result<Target>> render(Server& server, std::string target, std::int64_t from, std::int64_t to);

}  // namespace signalbox::connectors::graphite
