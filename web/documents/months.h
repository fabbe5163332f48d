// Months before those the snapshot holds: their incidents, and how many there were, from the
// archive.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/month.h"
#include "web/documents/lookups.h"

namespace signalbox::web {

/// What is counted of an incident.
struct Counted {
  std::string id;
  Time opened{};
  std::vector<std::string> services;
};

/// Asked on demand, never waited for, and kept: at most kMostBytes of incidents, and as much again
/// for a quarter of what is counted; the oldest answers go first. A month that is long over is
/// asked for anew after an hour at the earliest, one of the last weeks after a minute. Shared by
/// the sites that follow each other, and by all pages. Thread-safe.
class Months {
 public:
  static constexpr std::size_t kMostBytes = std::size_t{32} * 1024 * 1024;
  using Incidents = std::shared_ptr<const std::vector<Incident>>;
  using Counts = std::shared_ptr<const std::vector<Counted>>;

  explicit Months(const std::shared_ptr<Lookups>& lookups);

  /// Those that were open at some time in [from, to) and are over: on a page with a part of the
  /// services an incident may have begun later than on the whole board. None: it is being asked
  /// for. Null: the archive cannot say.
  std::optional<Incidents> incidents(Time from, Time to, Time now);
  /// Those of them that were opened in [from, to), only to be counted.
  std::optional<Counts> counts(Time from, Time to, Time now);

 private:
  Answers<Incidents> incidents_;
  Answers<Counts> counts_;
};

/// The snapshot has every incident that was opened from then on.
Time known_since(Time as_of);

}  // namespace signalbox::web
