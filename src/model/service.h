// The services on the page, and how each is judged: what the configuration says of them, as plain
// values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace signalbox {

/// When measured requests mean trouble (rules, section 4). Shares are percentages of good requests.
struct Thresholds {
  Duration window{std::chrono::minutes(5)};  ///< how far back a verdict sums
  Duration better_after{
      std::chrono::minutes(5)};  ///< how long it must look better before it counts as better
  Duration stale_after{
      std::chrono::minutes(3)};  ///< older than this, the newest reading is no evidence
  double min_requests = 20;      ///< fewer in the window prove nothing
  double issue_below = 99.0;     ///< percent; below it: ISSUE
  double down_below = 90.0;      ///< percent; below it: DOWN

  bool operator==(const Thresholds&) const = default;
};

/// One service. `id` is the name staff writes in a head.
struct Service {
  std::string id;
  std::string name;                  ///< shown; the id when not configured
  std::string group;                 ///< empty: in none
  std::vector<std::string> aliases;  ///< other words for it in a head
  bool measured = false;             ///< a source or check should say how it is
  Thresholds thresholds;
  /// The day (UTC) from which on its figures count; none: since the ledger first knew of it.
  std::optional<std::chrono::sys_days> start = {};

  bool operator==(const Service&) const = default;
};

/// A group's target in a head: its name with every character outside `[A-Za-z0-9_.-]` turned to
/// `-`.
std::string group_slug(std::string_view group_name);

}  // namespace signalbox
