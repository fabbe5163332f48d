// The pages one link away: an incident, a maintenance.
#include "base/text.h"
#include "web/documents/pages.h"
#include "web/documents/phrases.h"
#include "web/documents/times.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kAllUpdates = 1000;

View touched_view(const Edition& edition, const Incident& incident) {
  ViewList list;
  for (const auto& [id, state] : touched_services(edition, incident)) {
    View view;
    view["id"] = text_view(id);
    view["name"] = text_view(name_of(edition.snapshot, id));
    view["state"] = View(css_class(state));
    view["word"] = View(state_word(edition.language, state));
    list.push_back(view);
  }
  return View(list);
}

}  // namespace

View leaf(const Edition& edition, std::string_view page_title) {
  View view = frame(edition);
  view["title"] = text_view(page_title);
  view["level"] = View("3");
  for (const char* section : {"incident", "maintenance", "service", "group", "script"}) {
    view[section] = View(false);
  }
  return view;
}

std::string incident_page(const Edition& edition, const Incident& incident) {
  Incident told = incident;
  told.postmortem.reset();
  View view = incident_view(edition, told, kAllUpdates);
  view["phase"] = View(phase_of(edition.language, incident));
  view["opened"] = View(when(edition, incident.opened));
  view["opened_iso"] = View(edition.snapshot.page.zone.iso(incident.opened));
  const Time resolved = incident.resolved.value_or(Time{});
  view["resolved"] = incident.open() ? View(false) : View(when(edition, resolved));
  view["resolved_iso"] = View(edition.snapshot.page.zone.iso(resolved));
  view["touched"] = touched_view(edition, incident);
  view["postmortem"] =
      incident.postmortem ? update_view(edition, *incident.postmortem) : View(false);
  View page = leaf(edition, incident.name);
  page["colour"] = View("667079");  // the page of one incident is the same whatever else happens
  page["incident"] = std::move(view);
  return filled("leaf.mustache", page, edition.language);
}

std::string maintenance_page(const Edition& edition, const Maintenance& maintenance) {
  View page = leaf(edition, maintenance.name);
  page["maintenance"] = maintenance_view(edition, maintenance);
  page["level"] = View("2");
  return filled("leaf.mustache", page, edition.language);
}

}  // namespace signalbox::web
