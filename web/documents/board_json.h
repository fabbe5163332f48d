// The rows of `/api/board.json`, which the live stream sends too.
#pragma once

#include "model/snapshot.h"
#include "web/documents/json.h"

namespace signalbox::web {

Json board_service(const Snapshot& snapshot, const ServiceView& service);
Json board_update(const Update& update);
Json board_notice(const Notice& notice);
Json board_maintenance(const Snapshot& snapshot, const Maintenance& maintenance);
/// With its updates, newest first.
Json board_incident(const Incident& incident);

}  // namespace signalbox::web
