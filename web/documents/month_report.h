// What a month was like for one service: both figures, latency, and how often it failed. For the
// downloads of the public plane, the page, and `signalbox report`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "board/reliability.h"
#include "model/snapshot.h"
#include "web/documents/figures_cells.h"
#include "web/documents/json.h"
#include "web/publisher.h"

namespace signalbox::web {

/// One service, one month.
struct ServiceMonth {
  ServiceView service;
  Month month;
  Rollup sum;  ///< of the whole month, or as much of it as is over
  board::Reliability reliability;
  std::vector<Incident> incidents;  ///< those open at any time in it, by when they were opened

  /// Nothing was measured or known in it, and nothing happened.
  bool empty() const;
};

/// How often the service failed in `month`, by the incidents of the snapshot and `older` ones, some
/// of which may be among both.
board::Reliability month_reliability(const Snapshot& snapshot, const ServiceView& service,
                                     const Month& month, const std::vector<Incident>& older);

/// Asks `archive` (may block) for the month, and takes what is newest from the snapshot; none when
/// the archive cannot say.
std::optional<ServiceMonth> service_month(const Snapshot& snapshot, const ServiceView& service,
                                          const Month& month, Archive& archive);

/// `2026-10` when it is a month that has begun and is not over before the service began.
std::optional<Month> month_of_service(const Snapshot& snapshot, const ServiceView& service,
                                      std::string_view text);

/// One object: service, month, both figures, latency, incidents with MTTR and MTBF, each with its
/// formula, and the list of incidents.
Json month_json(const Snapshot& snapshot, const ServiceMonth& month);
/// The head, and one line a service.
Cells month_names(const Snapshot& snapshot);
Cells month_cells(const Snapshot& snapshot, const ServiceMonth& month);

}  // namespace signalbox::web
