// The page itself.
#include <algorithm>

#include "web/documents/pages.h"
#include "web/documents/service_days.h"
#include "web/documents/service_groups.h"
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
/// With more services than this, readers are helped to find one.
constexpr std::size_t kFoundAtAGlance = 8;

View services_of(const Edition& edition, const ServiceGroup& group,
                 const IncidentsOfServices& incidents) {
  const bool strips = edition.snapshot.services.size() <= kMostStrips;
  ViewList list;
  list.reserve(group.services.size());
  for (const ServiceView* service : group.services) {
    list.push_back(service_view(edition, *service));
    if (!strips) continue;
    list.back()["strip"] = strip_view(edition, *service);
    list.back()["trouble"] = trouble_view(edition, *service, incidents);
  }
  return View(list);
}

View groups_view(const Edition& edition) {
  const IncidentsOfServices incidents(edition.snapshot);
  const bool few = edition.snapshot.services.size() <= kFewServices;
  ViewList list;
  for (const ServiceGroup& group : service_groups(edition.snapshot)) {
    View view = group_view(group);
    view["unfolded"] = View(few || group.worst != State::up);
    view["services"] = services_of(edition, group, incidents);
    list.push_back(std::move(view));
  }
  return View(list);
}

/// Of the sentence at the top: an open incident is never told in green, nor as planned work.
State headline_state(const Snapshot& snapshot) {
  const bool open = std::ranges::any_of(snapshot.incidents, &Incident::open);
  return open && !in_trouble(snapshot.worst) ? State::issue : snapshot.worst;
}

View open_view(const Edition& edition) {
  ViewList list;
  for (const Incident& incident : edition.snapshot.incidents) {
    if (!incident.open()) continue;
    list.push_back(incident_view(edition, incident, kUpdatesOpen));
    list.back()["level"] = View("3");
  }
  return View(list);
}

View maintenances_view(const Edition& edition, Stage wanted) {
  ViewList list;
  for (const Maintenance& maintenance : edition.snapshot.maintenances) {
    if (stage(maintenance, edition.snapshot.as_of) == wanted) {
      list.push_back(maintenance_view(edition, maintenance));
      list.back()["level"] = View("3");
    }
  }
  return View(list);
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
    std::string names;
    for (const std::string& id : notice.services) {
      const ServiceView* found = service(edition.snapshot, id);
      names += (names.empty() ? "" : ", ") + (found != nullptr ? found->name : id);
    }
    view["services"] = text_view(names);
    list.push_back(view);
  }
  return View(list);
}

View banners_view(const Edition& edition) {
  ViewList list;
  for (const std::string& banner : edition.snapshot.banners)
    list.push_back(View("text", text_view(banner)));
  return View(list);
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

std::string board_page(const Edition& edition) {
  View view = frame(edition);
  view["formulas"] = View(true);
  view["headline"] = View(headline(edition.snapshot));
  view["state"] = View(css_class(headline_state(edition.snapshot)));
  const std::size_t services = edition.snapshot.services.size();
  view["tools"] = View(services > kFoundAtAGlance);
  view["large"] = View(services > kMostStrips);
  view["legend"] = View(services <= kMostStrips);
  if (services > 1) {
    add_list(view, "tally", tally_view(edition.snapshot));
  } else {
    view["has_tally"] = View(false);
  }
  view["as_of"] = View(when(edition.snapshot.page, edition.snapshot.as_of));
  view["as_of_iso"] = View(edition.snapshot.page.zone.iso(edition.snapshot.as_of));
  view["moment"] = View(std::to_string(edition.snapshot.as_of.time_since_epoch().count()));
  view["banners"] = banners_view(edition);
  view["groups"] = groups_view(edition);
  add_list(view, "open", open_view(edition));
  add_list(view, "running", maintenances_view(edition, Stage::running));
  add_list(view, "upcoming", maintenances_view(edition, Stage::upcoming));
  add_list(view, "notices", notices_view(edition));
  const auto incidents = of_last_days(edition);
  view["days"] = days_view(edition, incidents, quiet_days(edition, incidents), kUpdatesPast);
  return filled("page.mustache", view, edition.language);
}

}  // namespace signalbox::web
