// The page of a group: its services, their 90 days, and the incidents that touched them.
#include <algorithm>

#include "web/documents/pages.h"
#include "web/documents/service_days.h"
#include "web/documents/service_groups.h"
#include "web/documents/view.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kGroupIncidents = 30;
constexpr std::size_t kGroupUpdates = 3;

bool touches_any(const Incident& incident, const ServiceGroup& group) {
  return std::ranges::any_of(group.services, [&incident](const ServiceView* service) {
    return incident.services.contains(service->id);
  });
}

View incidents_of_group(const Edition& edition, const ServiceGroup& group) {
  ViewList list;
  for (const Incident& incident : edition.snapshot.incidents) {
    if (list.size() == kGroupIncidents) break;
    if (!touches_any(incident, group)) continue;
    list.push_back(incident_view(edition, incident, kGroupUpdates));
    list.back()["level"] = View("3");
  }
  return list_view(std::move(list));
}

}  // namespace

std::string group_page(const Edition& edition, const ServiceGroup& group) {
  const IncidentsOfServices incidents(edition.snapshot);
  View view = group_view(edition.language, group);
  ViewList services;
  for (const ServiceView* service : group.services) {
    services.push_back(service_view(edition, *service));
    services.back()["strip"] = strip_view(edition, *service);
    services.back()["trouble"] = trouble_view(edition, *service, incidents);
  }
  view["services"] = View(services);
  view["incidents"] = incidents_of_group(edition, group);
  View page = leaf(edition, group.name);
  page["group"] = std::move(view);
  page["formulas"] = View(true);
  page["legend"] = View(true);
  return filled("leaf.mustache", page, edition.language);
}

}  // namespace signalbox::web
