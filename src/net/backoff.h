// How long to wait after failures: growing, jittered, bounded, and as told where the other side
// says how long.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "net/http.h"

namespace signalbox::net {

/// The wait after the n-th failure in a row (n from 1): `first` doubled each time, at most `most`,
/// of which the upper half is random (`random` from a seeded generator). Never shorter than
/// `error.retry_after`.
Duration backoff(int failures, const Error& error, std::uint64_t random,
                 Duration first = std::chrono::seconds(1), Duration most = std::chrono::minutes(5));

/// What an answer of status 429 or 503 asks for: Retry-After as seconds or HTTP date,
/// X-RateLimit-Reset (and X-Rate-Limit-Reset) as epoch seconds or ISO-8601; `json_field` names a
/// number of seconds in a JSON body. Nullopt when it says nothing; never negative, at most a day.
std::optional<Duration> retry_after(const Response& response, Time now,
                                    std::string_view json_field = "retry_after");

/// The Error a status other than 2xx means: 401 and 403 unauthorized, 429 rate_limited (with
/// retry_after), 408 and 5xx unavailable, others invalid. `what` begins with `place` and holds no
/// secret.
Error refusal(const Response& response, std::string_view place, Time now);

}  // namespace signalbox::net
