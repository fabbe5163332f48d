// InfluxDB 2.x: a Flux query, and the sums in the CSV it answers with.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "connectors/query_source.h"

namespace signalbox::connectors::influxdb {

/// A query made ready: invalid when it does not say which range it reads.
Result<std::string> ready_flux(std::string_view written, Duration every);

/// `query` with its `$from` and `$to` as times.
std::string with_range(const std::string& query, Time from, Time to);

/// The numbers (`_value`) of all tables, added up by their `_time`, which is the end of a window as
/// aggregateWindow() writes it; others are moved to the end of the interval they lie in.
/// Annotations may be there or not. Invalid: the table is the server's error. Corrupt: it is cut
/// off, or no such CSV.
Result<Numbers> read_tables(std::string_view body, Duration every);

}  // namespace signalbox::connectors::influxdb
