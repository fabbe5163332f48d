// Dates as HTTP headers write them.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"

namespace signalbox::net {

/// Reads `Sun, 06 Nov 1994 08:49:37 GMT` (the form every sender must use); nullopt for anything
/// else.
std::optional<Time> parse_http_date(std::string_view text);

}  // namespace signalbox::net
