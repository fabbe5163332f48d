// Whether a request may go out at all: nothing in it can forge another header, and it speaks HTTP.
#pragma once

#include <optional>

#include "base/result.h"
#include "net/http.h"

namespace signalbox::net {

/// `GET https://host/path`: how errors name a request, without query, user, headers or body.
std::string place_of(const Request& request);
/// Why the request cannot be sent (invalid, marked kNeverSent); nullopt when it can.
std::optional<Error> objection(const Request& request);

}  // namespace signalbox::net
