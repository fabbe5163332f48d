// The documents of a site, each a function from the snapshot to a body. Pure; `stale_since` makes
// the variant that says how long nothing has been heard.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/snapshot.h"
#include "web/documents/histories.h"

namespace signalbox::web {

using StaleSince = std::optional<Time>;

std::string board_page(const Snapshot& snapshot, StaleSince stale_since);
std::string history_page(const Snapshot& snapshot, StaleSince stale_since);
std::string incident_page(const Snapshot& snapshot, const Incident& incident,
                          StaleSince stale_since);
std::string maintenance_page(const Snapshot& snapshot, const Maintenance& maintenance,
                             StaleSince stale_since);
/// What a service's page is told of its past beside the snapshot.
struct Past {
  bool kept = false;   ///< there is an archive to ask
  HistoryPtr history;  ///< null while it is being asked
};
std::string service_page(const Snapshot& snapshot, const ServiceView& service,
                         StaleSince stale_since, const Past& past);
std::string status_text(const Snapshot& snapshot, StaleSince stale_since);

/// `/api/board.json`.
std::string board_json(const Snapshot& snapshot, StaleSince stale_since);
/// `/api/v2/NAME.json`: Statuspage's shape, which has no word for staleness.
std::string summary_json(const Snapshot& snapshot, StaleSince);
std::string status_json(const Snapshot& snapshot, StaleSince);
std::string components_json(const Snapshot& snapshot, StaleSince);
std::string incidents_json(const Snapshot& snapshot, StaleSince);
std::string unresolved_json(const Snapshot& snapshot, StaleSince);
std::string maintenances_json(const Snapshot& snapshot, StaleSince);
std::string upcoming_json(const Snapshot& snapshot, StaleSince);
std::string active_json(const Snapshot& snapshot, StaleSince);

std::string atom_feed(const Snapshot& snapshot, StaleSince);
std::string rss_feed(const Snapshot& snapshot, StaleSince);
std::string json_feed(const Snapshot& snapshot, StaleSince);

std::string page_badge(const Snapshot& snapshot, StaleSince stale_since);
std::string service_badge(const Snapshot& snapshot, const ServiceView& service,
                          StaleSince stale_since);

}  // namespace signalbox::web
