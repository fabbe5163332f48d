// The figures of a stretch of time as JSON, each with its formula and its sums. With `counts`
// false traffic volume is left out: shares and seconds stay.
#pragma once

#include <optional>
#include <string>

#include "model/rollup.h"
#include "web/documents/json.h"

namespace signalbox::web {

/// How each figure is made from its sums, for people.
inline constexpr const char* kRequestFormula = "100 * good / total";
inline constexpr const char* kUptimeFormula =
    "100 * (1 - (down + 0.3 * issue) / (up + issue + down)), in seconds";

/// A share as page and API give it: in percent, cut after three decimals, never rounded; none when
/// there is no total.
std::optional<double> percent_of(const Sums& sums);
/// The same of states, state-weighted; none when the service was neither up nor in trouble.
std::optional<double> uptime_percent(const DayTally& states);
/// `99.987` or null.
Json number_or_null(const std::optional<double>& number);
/// A sum without the noise of binary fractions: whole as integer.
Json number(double value);

/// {good, total, percent}; null where nothing was counted.
Json sums_json(const Sums& sums, bool counts);
/// {formula, good, total, left_out, percent}; without counts {formula, percent}.
Json request_availability_json(const Rollup& sum, bool counts);
/// {up, issue, down, maint, unknown}, in seconds.
Json seconds_json(const DayTally& states);
/// {formula, seconds, percent}.
Json uptime_json(const DayTally& states);
/// {p50, p95, p99} in milliseconds; null where nothing was timed.
Json quantiles_json(const Latencies& latencies);
/// {p50, p95, p99, unit, error, count}; null where nothing was timed.
Json latency_json(const Latencies& latencies, bool counts);

}  // namespace signalbox::web
