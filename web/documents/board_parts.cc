#include "web/documents/board_parts.h"

#include <algorithm>
#include <functional>

#include "board/board.h"
#include "web/documents/phrases.h"
#include "web/documents/service_groups.h"
#include "web/documents/times.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr int kDaysShown = 15;
/// A page stays readable, and quick to make, however bad the fortnight: more is one link away.
constexpr std::size_t kPastIncidents = 30;
constexpr std::size_t kUpdatesOpen = 20;
constexpr std::size_t kUpdatesPast = 6;
constexpr std::size_t kMostResolved = 3;
constexpr Duration kLately = std::chrono::hours(24);
/// Work that begins within this is told before the services.
constexpr Duration kSoon = std::chrono::hours(72);

/// The worst state a service has in it at the moment.
State worst_now(const Incident& incident) {
  State worst = State::up;
  for (const auto& [id, state] : incident.services) {
    if (board::rank(state) > board::rank(worst)) worst = state;
  }
  return worst;
}

View open_view(const Edition& edition) {
  ViewList list;
  for (const Incident* incident : open_worst_first(edition.snapshot)) {
    list.push_back(incident_view(edition, *incident, kUpdatesOpen));
    list.back()["level"] = View("3");
  }
  return list_view(std::move(list));
}

/// What has just been resolved, the latest first: who comes back to look finds it at once.
View lately_resolved_view(const Edition& edition) {
  std::vector<const Incident*> lately;
  for (const Incident& incident : edition.snapshot.incidents) {
    if (incident.resolved && *incident.resolved + kLately > edition.snapshot.as_of)
      lately.push_back(&incident);
  }
  std::ranges::stable_sort(lately, std::greater(),
                           [](const Incident* one) { return *one->resolved; });
  if (lately.size() > kMostResolved) lately.resize(kMostResolved);
  ViewList list;
  for (const Incident* incident : lately) {
    View view;
    view["id"] = text_view(incident->id);
    view["name"] = text_view(incident->name);
    view["lasted"] = lasted_view(edition, *incident);
    view["at"] = View(when(edition, *incident->resolved));
    view["iso"] = View(edition.snapshot.page.zone.iso(*incident->resolved));
    list.push_back(view);
  }
  return list_view(std::move(list));
}

/// Of that stage, beginning from `from` on and before `until`.
View maintenances_view(const Edition& edition, Stage wanted, Time from = Time::min(),
                       Time until = Time::max()) {
  ViewList list;
  for (const Maintenance& maintenance : edition.snapshot.maintenances) {
    const bool then = from <= maintenance.from && maintenance.from < until;
    if (!then || stage(maintenance, edition.snapshot.as_of) != wanted) continue;
    list.push_back(maintenance_view(edition, maintenance));
    list.back()["level"] = View("3");
  }
  return list_view(std::move(list));
}

View notices_view(const Edition& edition) {
  ViewList list;
  for (const Notice& notice : edition.snapshot.notices) {
    Update as_update;
    as_update.id = notice.id;
    as_update.at = notice.at;
    as_update.text = notice.text;
    as_update.source = notice.source;
    as_update.edited = notice.edited;
    View view = update_view(edition, as_update);
    view["services"] = names_view(edition, notice.services);
    list.push_back(view);
  }
  return list_view(std::move(list));
}

std::vector<const Incident*> of_last_days(const Edition& edition) {
  std::vector<const Incident*> incidents;
  const Time oldest = edition.snapshot.as_of - std::chrono::days(kDaysShown - 1);
  const std::string first = edition.snapshot.page.zone.date_text(oldest);
  for (const Incident& incident : edition.snapshot.incidents) {
    if (incidents.size() == kPastIncidents) break;
    if (edition.snapshot.page.zone.date_text(incident.opened) >= first)
      incidents.push_back(&incident);
  }
  return incidents;
}

/// Quiet is said only of days that are shown whole: when incidents were cut, down to the day before
/// the cut.
int quiet_days(const Edition& edition, const std::vector<const Incident*>& incidents) {
  if (incidents.size() < kPastIncidents) return kDaysShown;
  const auto age = edition.snapshot.as_of - incidents.back()->opened;
  return static_cast<int>(age / std::chrono::days(1));
}

void add_list(View& view, const std::string& key, View list) {
  view["has_" + key] = View(list.is_non_empty_list());
  view[key] = std::move(list);
}

}  // namespace

std::vector<const Incident*> open_worst_first(const Snapshot& snapshot) {
  std::vector<const Incident*> open;
  for (const Incident& incident : snapshot.incidents) {
    if (incident.open()) open.push_back(&incident);
  }
  std::ranges::stable_sort(open, std::greater(),
                           [](const Incident* one) { return board::rank(worst_now(*one)); });
  return open;
}

View banners_view(const Edition& edition) {
  ViewList list;
  for (const OwnTrouble& banner : edition.snapshot.banners) {
    list.push_back(
        View("text", View(trouble_words(edition.language, edition.snapshot.page, banner))));
  }
  return list_view(std::move(list));
}

View board_frame(const Edition& edition) {
  const Snapshot& snapshot = edition.snapshot;
  View view = frame(edition);
  view["formulas"] = View(true);
  view["at_now"] = View(true);
  view["headline"] = View(headline(edition.language, snapshot));
  view["state"] = View(css_class(headline_state(edition)));
  add_list(view, "tally", snapshot.services.size() > 1 ? tally_view(edition) : View(ViewList()));
  view["as_of"] = View(when(edition, snapshot.as_of));
  view["as_of_iso"] = View(snapshot.page.zone.iso(snapshot.as_of));
  view["moment"] = View(std::to_string(snapshot.as_of.time_since_epoch().count()));
  view["banners"] = banners_view(edition);
  add_list(view, "open", open_view(edition));
  add_list(view, "running", maintenances_view(edition, Stage::running));
  const Time later = snapshot.as_of + kSoon;
  add_list(view, "soon", maintenances_view(edition, Stage::upcoming, Time::min(), later));
  add_list(view, "upcoming", maintenances_view(edition, Stage::upcoming, later));
  view["lately"] = lately_resolved_view(edition);
  add_list(view, "notices", notices_view(edition));
  const auto incidents = of_last_days(edition);
  view["days"] = days_view(edition, incidents, quiet_days(edition, incidents), kUpdatesPast);
  return view;
}

}  // namespace signalbox::web
