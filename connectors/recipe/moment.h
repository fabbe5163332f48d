// Times as far sides write them.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"

namespace signalbox::connectors::recipe {

/// ISO-8601, or a date and time as mail and RSS write it (RFC 822 and 2822, zones by offset, GMT,
/// UT, or the American names), or seconds or milliseconds since 1970; nullopt for anything else.
std::optional<Time> parse_moment(std::string_view text);

}  // namespace signalbox::connectors::recipe
