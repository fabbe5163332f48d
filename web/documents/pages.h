// The documents of a site, each a function from the snapshot to a body. Pure; `stale_since` makes
// the variant that says how long nothing has been heard.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/documents/edition.h"
#include "web/documents/histories.h"

namespace signalbox::web {

std::string board_page(const Edition& edition);
/// `/subscribe`: every way to follow the page.
std::string subscribe_page(const Edition& edition);
/// `/404`: what browsers are shown where nothing is. Its links have the page's whole address in
/// them, for it is shown at any depth.
std::string not_found_page(const Edition& edition);
std::string incident_page(const Edition& edition, const Incident& incident);
std::string maintenance_page(const Edition& edition, const Maintenance& maintenance);
/// What a service's page is told of its past beside the snapshot.
struct Past {
  bool kept = false;   ///< there is an archive to ask
  HistoryPtr history;  ///< null while it is being asked
};
std::string service_page(const Edition& edition, const ServiceView& service, const Past& past);
struct ServiceGroup;
/// `/groups/SLUG`.
std::string group_page(const Edition& edition, const ServiceGroup& group);
std::string status_text(const Edition& edition);

/// `/api/board.json`.
std::string board_json(const Edition& edition);
/// `/api/v2/NAME.json`: Statuspage's shape, which has no word for staleness.
std::string summary_json(const Edition& edition);
std::string status_json(const Edition& edition);
std::string components_json(const Edition& edition);
std::string incidents_json(const Edition& edition);
std::string unresolved_json(const Edition& edition);
std::string maintenances_json(const Edition& edition);
std::string upcoming_json(const Edition& edition);
std::string active_json(const Edition& edition);

std::string atom_feed(const Edition& edition);
std::string rss_feed(const Edition& edition);
std::string json_feed(const Edition& edition);
/// Each update an entry of its own, the newest 50.
std::string updates_atom(const Edition& edition);
std::string updates_rss(const Edition& edition);
std::string updates_feed(const Edition& edition);

std::string service_atom(const Edition& edition, const ServiceView& service);
std::string service_rss(const Edition& edition, const ServiceView& service);
/// JSON Feed 1.1.
std::string service_feed(const Edition& edition, const ServiceView& service);

/// `/maintenance.ics`: iCalendar (RFC 5545), all times in UTC.
std::string maintenance_calendar(const Edition& edition);

/// `/wall`: the board as boxes for a screen on a wall.
std::string wall_page(const Edition& edition);
/// `/embed`: the board in one line, to be framed by other people's pages.
std::string embed_page(const Edition& edition);
/// `/api/openapi.json`: OpenAPI 3.1.
std::string openapi_json(const Edition& edition);

std::string page_badge(const Edition& edition);
std::string service_badge(const Edition& edition, const ServiceView& service);
/// As shields.io reads them: schemaVersion 1.
std::string page_badge_json(const Edition& edition);
std::string service_badge_json(const Edition& edition, const ServiceView& service);

}  // namespace signalbox::web
