// `/api/services/ID/availability.json` and `.csv`: both figures of a service, with their sums, step
// by step.
#pragma once

#include <string>
#include <vector>

#include "model/snapshot.h"
#include "web/documents/pages.h"
#include "web/publisher.h"

namespace signalbox::web {

/// `rows` as Archive::rollups() gives them for `stretch`; those of nothing are left out. All sums
/// are those of the rows. Where the page shows no counts there are none in it.
std::string availability_json(const Snapshot& snapshot, const ServiceView& service,
                              const Stretch& stretch, const std::vector<Rollup>& rows,
                              StaleSince stale_since);
/// The same rows, a line each under the names of their columns; a cell of which nothing is known is
/// empty, and where nothing is known at all the names stand alone.
std::string availability_csv(const Snapshot& snapshot, const std::vector<Rollup>& rows);

}  // namespace signalbox::web
