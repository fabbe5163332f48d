// Which statuses an http check takes for good: numbers, ranges and classes.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "connectors/connector.h"

namespace signalbox::connectors::http_check {

/// From `least` to `most`, both included.
struct StatusRange {
  int least = 0;
  int most = 0;

  bool operator==(const StatusRange&) const = default;
};

/// Reads `200`, `200-299` or `2xx`; nullopt for anything else, or outside of 100 to 599.
std::optional<StatusRange> parse_statuses(std::string_view text);

/// Those that the setting `expect.status` names, one or a list: any 2xx or 3xx unless said. What
/// cannot be read is refused there.
std::vector<StatusRange> expected_statuses(const Settings& settings);

bool holds(const std::vector<StatusRange>& ranges, int status);

}  // namespace signalbox::connectors::http_check
