// Librato's old metrics API: the measurements of one metric, a minute each.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "connectors/query_source.h"
#include "connectors/server.h"

namespace signalbox::connectors::librato {

/// One metric, and which number of its measurements counts requests.
struct Metric {
  std::string name;
  std::string of;     ///< only of this source ("web*"); "" for all
  std::string field;  ///< count, sum, value or delta
};

/// One page: what all sources measured, added up by the end of the interval that holds it.
struct Page {
  Numbers numbers;
  std::string next_time;  ///< where the next page starts; "" on the last
};
/// Reads a page. Invalid: a measurement has no such field. Corrupt: it is none.
Result<Page> read_page(std::string_view body, std::string_view field, Duration every);

/// The numbers of `metric` from `from` up to `until`, all pages. One the server does not know has
/// none: it may be written for the first time at the next error. `server` outlives the call.
Task<Result<Numbers>> measurements(Server& server, Metric metric, Time from, Time until,
                                   Duration every);

}  // namespace signalbox::connectors::librato
