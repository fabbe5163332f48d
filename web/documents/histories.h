// The past of a service as its page tells it, from the archive: the last day, week, month and
// quarter in the steps they are drawn in, what scripts pushed to be drawn, and older incidents.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/snapshot.h"
#include "web/charts/values.h"
#include "web/documents/lookups.h"

namespace signalbox::web {

/// One metric that is drawn; none where the archive could not say.
struct DrawnHistory {
  std::string metric;                  ///< its id
  std::optional<charts::Values> day;   ///< steps of 15 minutes
  std::optional<charts::Values> week;  ///< of 2 hours
};

/// None where the archive could not say.
struct History {
  Time as_of{};                           ///< when it was asked for
  std::optional<charts::Series> day;      ///< steps of 15 minutes
  std::optional<charts::Series> week;     ///< of 2 hours
  std::optional<charts::Series> month;    ///< of 12 hours
  std::optional<charts::Series> quarter;  ///< of a day
  std::vector<DrawnHistory> metrics;      ///< those asked for, in their order
  /// Those of the service that are over and were open at any time in the last 95 days, which three
  /// months are in; of each the service's own part (board/reliability.h), of their words nothing.
  std::optional<std::vector<Incident>> incidents;
};
using HistoryPtr = std::shared_ptr<const History>;

/// The window of `steps` steps that ends with the one `now` is in.
Stretch window(std::string_view service, Time now, Duration step, int steps);

/// Of the metrics of a service, those its page draws: at most kMostDrawn, and shares only where the
/// page shows no counts, for a value may tell how much there is of something.
inline constexpr std::size_t kMostDrawn = 12;
std::vector<DrawnMetric> drawn_metrics(const Snapshot& snapshot, const ServiceView& service);

/// What the history of a service is kept by: its id, and a line for each metric drawn.
std::string history_key(const Snapshot& snapshot, const ServiceView& service);

/// Histories of the services somebody looks at: read on demand, anew after a minute at the
/// earliest, within a bound of bytes (one takes some 20 KB, without metrics). Shared by the sites
/// that follow each other. Thread-safe.
class Histories {
 public:
  /// Of those that are kept; the oldest go first.
  static constexpr std::size_t kMostBytes = std::size_t{8} * 1024 * 1024;

  explicit Histories(std::shared_ptr<Lookups> lookups);

  /// What is known of a configured service (its history_key()), up to a minute old while somebody
  /// asks; null when it is being asked for.
  HistoryPtr find(std::string_view key, Time now);
  /// Whether find() would give one that is worth showing without a word: two minutes old at most.
  /// Asks as find() does.
  bool settled(std::string_view key, Time now);

 private:
  Answers<HistoryPtr> answers_;
};

}  // namespace signalbox::web
