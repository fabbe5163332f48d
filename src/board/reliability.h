// How often a service failed in a month, how long it took to mend, and how long it ran between.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/month.h"
#include "model/incident.h"

namespace signalbox::board {

/// One service, one month. An incident is a failure of each service it touches, for as long as it
/// touches that (own_trouble()); a maintenance is none.
struct Reliability {
  std::size_t opened = 0;    ///< incidents that were opened in the month
  std::size_t resolved = 0;  ///< incidents that were resolved in the month
  std::size_t open = 0;      ///< incidents that are not resolved by its end, or by now
  /// Time of the month in which at least one incident was open.
  Duration trouble{};
  /// Time of the month in which the service was known: from its start, up to now.
  Duration known{};
  /// Of the incidents resolved in the month, from opened to resolved, also what lies before the
  /// month: their sum, and the longest; none without one.
  Duration repair{};
  std::optional<Duration> longest;

  /// Mean time to repair: repair / resolved; none when nothing was resolved.
  std::optional<Duration> mttr() const;
  /// Mean time between failures: (known - trouble) / opened, operating time by failures (IEC
  /// 60050-192); none when nothing failed.
  std::optional<Duration> mtbf() const;

  bool operator==(const Reliability&) const = default;
};

/// The part of `incident` that is `service`'s own, without its words: opened when the service
/// joined it, resolved when it was last called UP in it, or with all of it. Of one that has no
/// updates, all of it; taking it twice gives the same.
Incident own_trouble(const Incident& incident, std::string_view service);

/// Those of `incidents` that touch `service` and were open at any time in `month`, by when they
/// were opened.
std::vector<Incident> troubles(const std::vector<Incident>& incidents, std::string_view service,
                               const Month& month);

/// What `incidents` (also those of other services, in any order) say of one service, known from
/// `start` on, in `month` as of `now`. What lies after `now` has not happened.
Reliability reliability(const std::vector<Incident>& incidents, std::string_view service,
                        const Month& month, Time start, Time now);

}  // namespace signalbox::board
