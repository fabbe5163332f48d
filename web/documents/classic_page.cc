// The page in its classic layout: a column a service with its figure, then a row a day.
#include <algorithm>

#include "web/documents/board_parts.h"
#include "web/documents/pages.h"
#include "web/documents/service_days.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

/// How long an update is recent.
constexpr Duration kRecent = std::chrono::hours(24);

/// Of the service's incidents and maintenances; null when nothing was said lately.
const Update* newest_recent(const Edition& edition, const std::vector<const Incident*>& incidents,
                            const std::string& service) {
  const Update* newest = nullptr;
  const auto consider = [&](const std::vector<Update>& updates) {
    if (updates.empty()) return;
    const Update& last = updates.back();
    if (last.withdrawn || last.at + kRecent < edition.snapshot.as_of) return;
    if (newest == nullptr || newest->at < last.at) newest = &last;
  };
  for (const Incident* incident : incidents) consider(incident->updates);
  for (const Maintenance& work : edition.snapshot.maintenances) {
    if (std::ranges::find(work.services, service) != work.services.end()) consider(work.updates);
  }
  return newest;
}

View columns_view(const Edition& edition) {
  const IncidentsOfServices incidents(edition.snapshot);
  ViewList list;
  list.reserve(edition.snapshot.services.size());
  for (const ServiceView& service : edition.snapshot.services) {
    View view = service_view(edition, service);
    const Update* recent = newest_recent(edition, incidents.of(service.id), service.id);
    view["recent"] = recent != nullptr ? update_view(edition, *recent) : View(false);
    list.push_back(std::move(view));
  }
  return View(list);
}

}  // namespace

std::string classic_page(const Edition& edition) {
  View view = board_frame(edition);
  view["classic"] = View(true);
  view["columns"] = columns_view(edition);
  return filled("classic.mustache", view, edition.language);
}

}  // namespace signalbox::web
