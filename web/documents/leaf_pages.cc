// The pages one link away: an incident, a maintenance, the history.
#include "base/text.h"
#include "web/documents/pages.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kHistoryIncidents = 200;
constexpr std::size_t kHistoryUpdates = 1;
constexpr std::size_t kAllUpdates = 1000;

View touched_view(const Snapshot& snapshot, const Incident& incident) {
  ViewList list;
  for (const auto& [id, state] : incident.services) {
    const ServiceView* found = service(snapshot, id);
    View view;
    view["id"] = text_view(id);
    view["name"] = text_view(found != nullptr ? found->name : id);
    view["state"] = View(css_class(state));
    view["word"] = View(std::string(word(state)));
    list.push_back(view);
  }
  return View(list);
}

}  // namespace

View leaf(const Snapshot& snapshot, StaleSince stale_since, std::string_view page_title) {
  View view = frame(snapshot, stale_since);
  view["title"] = text_view(page_title);
  for (const char* section : {"incident", "maintenance", "service", "listed", "script"}) {
    view[section] = View(false);
  }
  return view;
}

std::string incident_page(const Snapshot& snapshot, const Incident& incident,
                          StaleSince stale_since) {
  Incident told = incident;
  told.postmortem.reset();
  View view = incident_view(snapshot, told, kAllUpdates);
  view["phase"] = View(phase_title(incident));
  view["opened"] = View(when(snapshot.page, incident.opened));
  view["opened_iso"] = View(snapshot.page.zone.iso(incident.opened));
  const Time resolved = incident.resolved.value_or(Time{});
  view["resolved"] = incident.open() ? View(false) : View(when(snapshot.page, resolved));
  view["resolved_iso"] = View(snapshot.page.zone.iso(resolved));
  view["touched"] = touched_view(snapshot, incident);
  view["postmortem"] =
      incident.postmortem ? update_view(snapshot, *incident.postmortem) : View(false);
  View page = leaf(snapshot, stale_since, incident.name);
  page["colour"] = View("667079");  // the page of one incident is the same whatever else happens
  page["incident"] = std::move(view);
  return filled("leaf.mustache", page);
}

std::string maintenance_page(const Snapshot& snapshot, const Maintenance& maintenance,
                             StaleSince stale_since) {
  View page = leaf(snapshot, stale_since, maintenance.name);
  page["maintenance"] = maintenance_view(snapshot, maintenance);
  return filled("leaf.mustache", page);
}

std::string history_page(const Snapshot& snapshot, StaleSince stale_since) {
  std::vector<const Incident*> incidents;
  for (const Incident& incident : snapshot.incidents) {
    if (incidents.size() < kHistoryIncidents) incidents.push_back(&incident);
  }
  View list;
  list["days"] = days_view(snapshot, incidents, 0, kHistoryUpdates);
  list["cut"] = View(snapshot.incidents.size() > kHistoryIncidents);
  View page = leaf(snapshot, stale_since, "Incidents of the last 30 days");
  page["listed"] = std::move(list);
  return filled("leaf.mustache", page);
}

}  // namespace signalbox::web
