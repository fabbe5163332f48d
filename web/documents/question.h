// What an address asks for: the parameters behind `?`, and the stretch of time and the step that
// `/api/services/ID/availability.json?from&to&step` means by them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/zone.h"
#include "web/publisher.h"

namespace signalbox::web {

/// The value of `key` in `query` (`a=1&b=2`), percent-decoded; the first one counts, none when it
/// is not there. A `+` stays one, since times have it in their offset.
std::optional<std::string> parameter(std::string_view query, std::string_view key);

/// Steps of an answer: when no step was given, and at most.
inline constexpr std::int64_t kUsualRows = 200;
inline constexpr std::int64_t kMostRows = 2000;

/// The stretch that `from`, `to` and `step` of `query` mean at `now`: from and to are ISO-8601, a
/// date (`2026-10-01`: its midnight in `zone`) or seconds since 1970, by default the 24 hours up to
/// now; a step (`5m`, or seconds) is whole minutes, by default the finest of 1, 5, 10, 15, 30m, 1,
/// 3, 6, 12h, 1, 7, 30, 90, 365d that gives at most kUsualRows. Both ends are moved outward to
/// whole steps since 1970, what is to come is cut off. Two ways to say the same give the same.
/// Invalid, with the remedy, for anything else and for more than kMostRows.
Result<Stretch> stretch_of(std::string_view service, std::string_view query, Time now,
                           const Zone& zone);

}  // namespace signalbox::web
