// The page itself.
#include <algorithm>

#include "board/board.h"
#include "web/documents/pages.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr int kDaysShown = 15;
/// A page stays readable, and quick to make, however bad the fortnight: more is one link away.
constexpr std::size_t kPastIncidents = 30;
constexpr std::size_t kUpdatesOpen = 20;
constexpr std::size_t kUpdatesPast = 6;
/// With more services than this, a group opens by itself only when it has trouble.
constexpr std::size_t kFewServices = 40;
/// With more services than this, strips of 90 days are on the services' own pages only.
constexpr std::size_t kMostStrips = 100;

struct Group {
  std::string name;
  State worst = State::up;
  ViewList services;
};

std::vector<Group> grouped(const Snapshot& snapshot) {
  std::vector<Group> groups;
  for (const ServiceView& service : snapshot.services) {
    auto group = std::ranges::find(groups, service.group, &Group::name);
    if (group == groups.end()) group = groups.insert(groups.end(), Group{service.group, {}, {}});
    if (board::rank(service.state) > board::rank(group->worst)) group->worst = service.state;
    View view = service_view(snapshot, service);
    if (snapshot.services.size() <= kMostStrips) view["strip"] = strip_view(snapshot, service);
    group->services.push_back(std::move(view));
  }
  return groups;
}

View groups_view(const Snapshot& snapshot) {
  ViewList list;
  for (const Group& group : grouped(snapshot)) {
    View view;
    view["name"] = optional_text(group.name);
    view["state"] = View(css_class(group.worst));
    view["word"] = View(std::string(word(group.worst)));
    view["unfolded"] = View(group.worst != State::up || snapshot.services.size() <= kFewServices);
    view["services"] = View(group.services);
    list.push_back(view);
  }
  return View(list);
}

View open_view(const Snapshot& snapshot) {
  ViewList list;
  for (const Incident& incident : snapshot.incidents) {
    if (incident.open()) list.push_back(incident_view(snapshot, incident, kUpdatesOpen));
  }
  return View(list);
}

View maintenances_view(const Snapshot& snapshot, Stage wanted) {
  ViewList list;
  for (const Maintenance& maintenance : snapshot.maintenances) {
    if (stage(maintenance, snapshot.as_of) == wanted) {
      list.push_back(maintenance_view(snapshot, maintenance));
    }
  }
  return View(list);
}

View notices_view(const Snapshot& snapshot) {
  ViewList list;
  for (const Notice& notice : snapshot.notices) {
    Update as_update;
    as_update.id = notice.id;
    as_update.at = notice.at;
    as_update.text = notice.text;
    as_update.source = notice.source;
    as_update.edited = notice.edited;
    View view = update_view(snapshot, as_update);
    std::string names;
    for (const std::string& id : notice.services) {
      const ServiceView* found = service(snapshot, id);
      names += (names.empty() ? "" : ", ") + (found != nullptr ? found->name : id);
    }
    view["services"] = text_view(names);
    list.push_back(view);
  }
  return View(list);
}

View banners_view(const Snapshot& snapshot) {
  ViewList list;
  for (const std::string& banner : snapshot.banners)
    list.push_back(View("text", text_view(banner)));
  return View(list);
}

std::vector<const Incident*> of_last_days(const Snapshot& snapshot) {
  std::vector<const Incident*> incidents;
  const Time oldest = snapshot.as_of - std::chrono::days(kDaysShown - 1);
  const std::string first = snapshot.page.zone.date_text(oldest);
  for (const Incident& incident : snapshot.incidents) {
    if (incidents.size() == kPastIncidents) break;
    if (snapshot.page.zone.date_text(incident.opened) >= first) incidents.push_back(&incident);
  }
  return incidents;
}

/// Quiet is said only of days that are shown whole: when incidents were cut, down to the day before
/// the cut.
int quiet_days(const Snapshot& snapshot, const std::vector<const Incident*>& incidents) {
  if (incidents.size() < kPastIncidents) return kDaysShown;
  const auto age = snapshot.as_of - incidents.back()->opened;
  return static_cast<int>(age / std::chrono::days(1));
}

void add_list(View& view, const std::string& key, View list) {
  view["has_" + key] = View(list.is_non_empty_list());
  view[key] = std::move(list);
}

}  // namespace

std::string board_page(const Snapshot& snapshot, StaleSince stale_since) {
  View view = frame(snapshot, stale_since);
  view["formulas"] = View(true);
  view["headline"] = View(headline(snapshot));
  view["state"] = View(css_class(snapshot.worst));
  view["as_of"] = View(when(snapshot.page, snapshot.as_of));
  view["as_of_iso"] = View(snapshot.page.zone.iso(snapshot.as_of));
  view["banners"] = banners_view(snapshot);
  view["groups"] = groups_view(snapshot);
  add_list(view, "open", open_view(snapshot));
  add_list(view, "running", maintenances_view(snapshot, Stage::running));
  add_list(view, "upcoming", maintenances_view(snapshot, Stage::upcoming));
  add_list(view, "notices", notices_view(snapshot));
  const auto incidents = of_last_days(snapshot);
  view["days"] = days_view(snapshot, incidents, quiet_days(snapshot, incidents), kUpdatesPast);
  return filled("page.mustache", view);
}

}  // namespace signalbox::web
