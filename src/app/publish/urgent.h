// What of a copy must be written at once after a change, and what may wait for the next round.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/snapshot.h"

namespace signalbox::app {

/// The services, their groups (by slug) and the incidents (maintenances too) that readers see
/// changed between two snapshots.
struct Touched {
  bool any = false;  ///< something has changed, perhaps of no service
  std::set<std::string> ids;
};
/// As the live stream tells it: figures that only count on are no change. With an incident come its
/// services and its month (`2026-11`).
Touched touched(const Snapshot& before, const Snapshot& after);

/// Those of `names` (files of a copy) that a change of `touched` is to be seen in: all but pages,
/// feeds and badges of one service, group or incident that is not among them, and months of
/// history. So the cost of a change does not grow with the number of services.
std::vector<std::string> urgent(const std::vector<std::string>& names, const Touched& touched);

}  // namespace signalbox::app
