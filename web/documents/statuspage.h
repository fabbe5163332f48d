// The rows of Statuspage's files: components, incidents, updates, scheduled maintenances.
#pragma once

#include <string>
#include <string_view>

#include "model/snapshot.h"
#include "web/documents/json.h"

namespace signalbox::web {

/// Ids: 12 characters, stable for as long as the name or service id is.
/// Made from when the ledger began: it stays, whatever the page is called and wherever it moves.
std::string page_id(const Snapshot& snapshot);
std::string component_id(std::string_view service);
std::string group_id(std::string_view name);
/// ISO-8601 with milliseconds, in the page's zone.
std::string stamp(const Snapshot& snapshot, Time t);

/// When a service was first known, and when its state last changed.
Time started(const Snapshot& snapshot, const ServiceView& service);
Time changed(const Snapshot& snapshot, const ServiceView& service);

/// A row with what groups and components share; `created_at` and `updated_at` are left for the
/// caller.
Json component_row(const Snapshot& snapshot, std::string_view id, std::string_view name,
                   std::string_view status, int position);
Json component_json(const Snapshot& snapshot, const ServiceView& service, int position);

/// Pieces of an incident's row and a maintenance's.
Json update_json(const Snapshot& snapshot, const Update& update, std::string_view status,
                 const std::string& incident);
Json time_or_null(const Snapshot& snapshot, const std::optional<Time>& t);
std::string link_to(const Snapshot& snapshot, const std::string& id);
/// The rows of those services, in the order of the page.
Json components_among(const Snapshot& snapshot, const std::vector<std::string>& ids);

Json incident_json(const Snapshot& snapshot, const Incident& incident);
/// Beside staff's updates it has one of our own for its start and one for its end: Statuspage's
/// readers follow a maintenance by these.
Json maintenance_json(const Snapshot& snapshot, const Maintenance& maintenance);

}  // namespace signalbox::web
