// The page of one service: what it is now, its 90 days, figures, charts and incidents.
#include <algorithm>

#include "base/month.h"
#include "web/charts/words.h"
#include "web/documents/assets.h"
#include "web/documents/pages.h"
#include "web/documents/service_charts.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kMostIncidents = 20;

bool touches(const Incident& incident, const std::string& id) {
  const auto same = [&id](const auto& entry) { return entry.first == id; };
  return std::ranges::any_of(incident.services, same);
}

View incident_row(const Snapshot& snapshot, const Incident& incident) {
  View view;
  view["id"] = text_view(incident.id);
  view["name"] = text_view(incident.name);
  view["phase"] = View(phase_title(incident));
  view["opened"] = View(when(snapshot.page, incident.opened));
  view["opened_iso"] = View(snapshot.page.zone.iso(incident.opened));
  const bool over = incident.resolved.has_value();
  const auto lasted = over ? *incident.resolved - incident.opened : Duration(0);
  view["lasted"] = over ? View(charts::seconds_text(std::chrono::duration<double>(lasted).count()))
                        : View(false);
  return view;
}

View incidents_of(const Snapshot& snapshot, const ServiceView& service) {
  ViewList list;
  for (const Incident& incident : snapshot.incidents) {
    if (list.size() == kMostIncidents) break;
    if (touches(incident, service.id)) list.push_back(incident_row(snapshot, incident));
  }
  return View(list);
}

/// The newest months there are reports of.
View months_of(const Snapshot& snapshot, const ServiceView& service) {
  constexpr std::size_t kMostMonths = 3;
  ViewList list;
  Time in = snapshot.as_of;
  while (list.size() < kMostMonths && in >= service.started) {
    const Month month = month_of(in, snapshot.page.zone);
    View view;
    view["name"] = View(month.name);
    view["id"] = text_view(service.id);
    list.push_back(std::move(view));
    in = month.from - Duration(1);
  }
  return View(list);
}

/// Exploring needs the library, and an archive behind the figures.
View script_view(const ServiceView& service, const Past& past) {
  if (!past.kept || !can_explore()) return View(false);
  View view;
  view["id"] = text_view(service.id);
  view["explore_js"] = View(asset_path("explore.js"));
  view["uplot_js"] = View(asset_path("uPlot.iife.min.js"));
  view["uplot_css"] = View(asset_path("uPlot.min.css"));
  return view;
}

}  // namespace

std::string service_page(const Snapshot& snapshot, const ServiceView& service,
                         StaleSince stale_since, const Past& past) {
  View page = leaf(snapshot, stale_since, service.name);
  View view = service_view(snapshot, service);
  view["strip"] = strip_view(snapshot, service);
  view["past"] = charts_view(snapshot, service, past);
  view["incidents"] = incidents_of(snapshot, service);
  view["months"] = past.kept ? months_of(snapshot, service) : View(false);
  page["service"] = std::move(view);
  page["script"] = script_view(service, past);
  page["formulas"] = View(true);
  return filled("leaf.mustache", page);
}

}  // namespace signalbox::web
