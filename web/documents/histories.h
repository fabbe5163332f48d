// The last day, week, month and quarter of a service, in the steps its page draws them in, from the
// archive.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "web/charts/series.h"
#include "web/documents/lookups.h"

namespace signalbox::web {

/// None where the archive could not say.
struct History {
  Time as_of{};                           ///< when it was asked for
  std::optional<charts::Series> day;      ///< steps of 15 minutes
  std::optional<charts::Series> week;     ///< of 2 hours
  std::optional<charts::Series> month;    ///< of 12 hours
  std::optional<charts::Series> quarter;  ///< of a day
};
using HistoryPtr = std::shared_ptr<const History>;

/// The window of `steps` steps that ends with the one `now` is in.
Stretch window(std::string_view service, Time now, Duration step, int steps);

/// Histories of the services somebody looks at: read on demand, anew after a minute at the
/// earliest, at most kMostKept of them (some 20 KB each). Shared by the sites that follow each
/// other. Thread-safe.
class Histories {
 public:
  static constexpr std::size_t kMostKept = 256;

  explicit Histories(std::shared_ptr<Lookups> lookups);

  /// What is known of a configured service, up to a minute old while somebody asks; null when it
  /// is being asked for.
  HistoryPtr find(std::string_view service, Time now);
  /// Whether find() would give one that is worth showing without a word: two minutes old at most.
  /// Asks as find() does.
  bool settled(std::string_view service, Time now);

 private:
  Answers<HistoryPtr> answers_;
};

}  // namespace signalbox::web
