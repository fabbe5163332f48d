#include "web/documents/service_days.h"

#include <algorithm>
#include <cmath>
#include <ranges>

#include "base/text.h"
#include "web/charts/strip.h"
#include "web/documents/phrases.h"
#include "web/documents/say.h"
#include "web/documents/times.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

using std::chrono::days;

/// A page of many services stays small: more days are on the service's own page.
constexpr std::size_t kMostDays = 5;

bool had_trouble(const Rollup& day) { return day.states.down > 0 || day.states.issue > 0; }

/// "14 min down, 3 min with issues".
std::string trouble_of(const Edition& edition, const DayTally& states) {
  std::vector<std::string> said;
  const auto add = [&](std::string_view key, double seconds) {
    if (seconds <= 0) return;
    said.push_back(say(edition.language, key, {{"time", seconds_text(edition.language, seconds)}}));
  };
  add("days.down", states.down);
  add("days.issue", states.issue);
  return said.empty() ? edition.language.text("days.none")
                      : join(said, edition.language.text("list.comma"));
}

std::string lost_requests(const Edition& edition, const Sums& requests) {
  const auto lost = std::llround(requests.total - requests.good);
  if (!edition.snapshot.page.show_counts || requests.total <= 0) return {};
  return number_text(edition.language, std::max(0LL, lost));
}

bool open_in(const Incident& incident, Time from, Time to) {
  return incident.opened < to && incident.resolved.value_or(to) >= from;
}

View incidents_in(const std::vector<const Incident*>& incidents, Time from, Time to) {
  ViewList list;
  for (const Incident* incident : incidents) {
    if (!open_in(*incident, from, to)) continue;
    View view;
    view["id"] = text_view(incident->id);
    view["name"] = text_view(incident->name);
    list.push_back(std::move(view));
  }
  return list_view(std::move(list));
}

View day_row(const Edition& edition, const Rollup& day,
             const std::vector<const Incident*>& incidents) {
  const Time from = std::chrono::floor<days>(day.from);
  const State worst = charts::shown_state(day.states);
  View view;
  view["iso"] = View(iso(from).substr(0, 10));
  view["date"] = View(short_date(edition.language, from));
  view["state"] = View(css_class(worst));
  view["word"] = View(state_word(edition.language, worst));
  view["text"] = text_view(trouble_of(edition, day.states));
  view["lost"] = optional_text(lost_requests(edition, day.requests));
  view["incidents"] = incidents_in(incidents, from, from + days(1));
  return view;
}

Time first_shown(const Edition& edition) {
  return std::chrono::floor<days>(edition.snapshot.as_of) - days(charts::kStripDays - 1);
}

}  // namespace

IncidentsOfServices::IncidentsOfServices(const Snapshot& snapshot) {
  for (const Incident& incident : snapshot.incidents) {
    for (const auto& [id, state] : incident.services) by_service_[id].push_back(&incident);
  }
}

const std::vector<const Incident*>& IncidentsOfServices::of(std::string_view service) const {
  static const std::vector<const Incident*> kNoIncidents;
  const auto found = by_service_.find(service);
  return found == by_service_.end() ? kNoIncidents : found->second;
}

View trouble_view(const Edition& edition, const ServiceView& service,
                  const IncidentsOfServices& incidents) {
  if (service.days == nullptr) return View(false);
  ViewList list;
  std::size_t count = 0;
  for (const Rollup& day : std::views::reverse(*service.days)) {
    if (day.from < first_shown(edition) || !had_trouble(day)) continue;
    if (++count > kMostDays) continue;
    View row = day_row(edition, day, incidents.of(service.id));
    if (day.requests.total <= day.requests.good) row["lost"] = View(false);
    list.push_back(std::move(row));
  }
  if (count == 0) return View(false);
  View view;
  view["count"] = View(std::to_string(count));
  view["days"] = list_view(std::move(list));
  view["older"] = View(count > kMostDays);
  return view;
}

View calendar_view(const Edition& edition, const ServiceView& service,
                   const IncidentsOfServices& incidents) {
  if (service.days == nullptr) return View(false);
  ViewList list;
  for (const Rollup& day : std::views::reverse(*service.days)) {
    if (day.from < first_shown(edition)) continue;
    list.push_back(day_row(edition, day, incidents.of(service.id)));
  }
  if (list.empty()) return View(false);
  View view;
  view["days"] = list_view(std::move(list));
  return view;
}

}  // namespace signalbox::web
