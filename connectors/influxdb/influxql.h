// InfluxDB 1.x: an InfluxQL statement made ready, and the sums in its answer.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "connectors/query_source.h"

namespace signalbox::connectors::influxdb {

/// An operator's statement made ready: one that says nothing of time is asked for `$time` and
/// grouped by the interval. Invalid, with the remedy, when it groups but does not say `$time`, does
/// not group by time, or is not one SELECT.
Result<std::string> ready_statement(std::string_view written, Duration every);

/// `statement` with its `$time` as the range [from, until).
std::string with_time(const std::string& statement, Time from, Time until);

/// Reads the answer to one statement asked with epoch=ms: sums by the end of their intervals;
/// several series (tags) are added up, nulls are no numbers. Invalid: the server refused it.
Result<Numbers> read_sums(std::string_view body, Duration every);

}  // namespace signalbox::connectors::influxdb
