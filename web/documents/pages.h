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

std::string service_atom(const Snapshot& snapshot, const ServiceView& service, StaleSince);
std::string service_rss(const Snapshot& snapshot, const ServiceView& service, StaleSince);
/// JSON Feed 1.1.
std::string service_feed(const Snapshot& snapshot, const ServiceView& service, StaleSince);

/// `/maintenance.ics`: iCalendar (RFC 5545), all times in UTC.
std::string maintenance_calendar(const Snapshot& snapshot, StaleSince);

/// `/wall`: the board as boxes for a screen on a wall.
std::string wall_page(const Snapshot& snapshot, StaleSince stale_since);
/// `/embed`: the board in one line, to be framed by other people's pages.
std::string embed_page(const Snapshot& snapshot, StaleSince stale_since);
/// `/api/openapi.json`: OpenAPI 3.1.
std::string openapi_json(const Snapshot& snapshot, StaleSince);

std::string page_badge(const Snapshot& snapshot, StaleSince stale_since);
std::string service_badge(const Snapshot& snapshot, const ServiceView& service,
                          StaleSince stale_since);
/// As shields.io reads them: schemaVersion 1.
std::string page_badge_json(const Snapshot& snapshot, StaleSince stale_since);
std::string service_badge_json(const Snapshot& snapshot, const ServiceView& service,
                               StaleSince stale_since);

}  // namespace signalbox::web
