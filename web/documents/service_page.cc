// The page of one service: what it is now, its 90 days, figures, charts and incidents.
#include <algorithm>

#include "base/month.h"
#include "web/documents/assets.h"
#include "web/documents/board_parts.h"
#include "web/documents/json.h"
#include "web/documents/month_report.h"
#include "web/documents/pages.h"
#include "web/documents/phrases.h"
#include "web/documents/say.h"
#include "web/documents/service_charts.h"
#include "web/documents/service_days.h"
#include "web/documents/service_metrics.h"
#include "web/documents/times.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kMostIncidents = 20;

View incident_row(const Edition& edition, const Incident& incident) {
  View view;
  view["id"] = text_view(incident.id);
  view["name"] = text_view(incident.name);
  view["phase"] = View(phase_of(edition.language, incident));
  view["opened"] = View(when(edition, incident.opened));
  view["opened_iso"] = View(edition.snapshot.page.zone.iso(incident.opened));
  view["lasted"] = lasted_view(edition, incident);
  return view;
}

View incidents_of(const Edition& edition, const ServiceView& service) {
  ViewList list;
  for (const Incident& incident : edition.snapshot.incidents) {
    if (list.size() == kMostIncidents) break;
    if (incident.services.contains(service.id)) list.push_back(incident_row(edition, incident));
  }
  return View(list);
}

/// In full, before all that explains the state.
View open_view(const Edition& edition, const ServiceView& service) {
  constexpr std::size_t kMostUpdates = 6;
  ViewList list;
  for (const Incident* incident : open_worst_first(edition.snapshot)) {
    const auto here = incident->services.find(service.id);
    if (here == incident->services.end() || here->second == State::up) continue;
    list.push_back(incident_view(edition, *incident, kMostUpdates));
    list.back()["level"] = View("2");
  }
  return list_view(std::move(list));
}

std::string length_text(const Edition& edition, const std::optional<Duration>& length) {
  return length ? long_length(edition.language, *length) : "–";
}

View month_view(const Edition& edition, const ServiceView& service, const Month& month,
                const std::optional<std::vector<Incident>>& older) {
  View view;
  view["name"] = View(month.name);
  view["id"] = text_view(service.id);
  view["known"] = View(older.has_value());
  if (!older) return view;
  const auto found = month_reliability(edition.snapshot, service, month, *older);
  view["count"] = View(number_text(edition.language, found.opened));
  view["mttr"] = View(length_text(edition, found.mttr()));
  view["mtbf"] = View(length_text(edition, found.mtbf()));
  view["longest"] = View(length_text(edition, found.longest));
  return view;
}

/// The newest months there are reports of.
View months_of(const Edition& edition, const ServiceView& service, const Past& past) {
  constexpr std::size_t kMostMonths = 3;
  if (!past.kept) return View(false);
  const auto older = past.history ? past.history->incidents : std::nullopt;
  ViewList list;
  Time in = edition.snapshot.as_of;
  while (list.size() < kMostMonths && in >= service.started) {
    const Month month = month_of(in, edition.snapshot.page.zone);
    list.push_back(month_view(edition, service, month, older));
    in = month.from - Duration(1);
  }
  if (list.empty()) return View(false);
  View view;
  view["months"] = View(list);
  return view;
}

/// What the script says, in the page's language.
std::string words_of_script(const Language& language) {
  Json words = {{"percent", language.text("percent")},
                {"ms", language.text("length.ms")},
                {"s", language.text("length.s")},
                {"availability", language.text("chart.availability")},
                {"latency", language.text("chart.latency")}};
  for (const char* one : {"day", "week", "month", "quarter"}) {
    words[one] = language.text(std::string("window.") + one);
  }
  for (const char* one : {"start", "earlier", "later", "closer", "wider", "time", "good", "said",
                          "nothing", "keys", "failed", "not_loaded"}) {
    words[one] = language.text(std::string("explore.") + one);
  }
  return words.dump();
}

/// Exploring needs the library, and an archive behind the figures.
View script_view(const Edition& edition, const ServiceView& service, const Past& past) {
  if (!past.kept || !can_explore()) return View(false);
  View view;
  view["id"] = text_view(service.id);
  view["explore_js"] = View(asset_link(edition.top, "explore.js"));
  view["uplot_js"] = View(asset_link(edition.top, "uPlot.iife.min.js"));
  view["words"] = View(words_of_script(edition.language));
  view["uplot_css"] = View(asset_link(edition.top, "uPlot.min.css"));
  return view;
}

}  // namespace

std::string service_page(const Edition& edition, const ServiceView& service, const Past& past) {
  View page = leaf(edition, service.name);
  View view = service_view(edition, service);
  view["open"] = open_view(edition, service);
  view["strip"] = strip_view(edition, service);
  view["calendar"] = calendar_view(edition, service, IncidentsOfServices(edition.snapshot));
  view["past"] = charts_view(edition, service, past);
  view["drawn"] = metrics_view(edition, service, past);
  view["incidents"] = incidents_of(edition, service);
  view["by_month"] = months_of(edition, service, past);
  page["service"] = std::move(view);
  page["script"] = script_view(edition, service, past);
  page["formulas"] = View(true);
  page["charts"] = View(true);
  return filled("leaf.mustache", page, edition.language);
}

}  // namespace signalbox::web
