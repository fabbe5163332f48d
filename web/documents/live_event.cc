// What the live stream says when one snapshot follows another.
#include <algorithm>
#include <unordered_map>

#include "web/documents/board_json.h"
#include "web/documents/words.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

/// Whether a reader of the page sees a difference worth an event: figures that only count on are
/// none.
bool differs(const ServiceView& a, const ServiceView& b) {
  const auto word_of = [](const ServiceView& s) {
    return s.standing.measured ? std::optional(s.standing.measured->state) : std::nullopt;
  };
  return a.state != b.state || a.since != b.since || a.name != b.name || a.group != b.group ||
         a.flapping != b.flapping || a.standing.stated != b.standing.stated ||
         a.standing.note != b.standing.note || word_of(a) != word_of(b);
}

/// The service of `snapshot` with that id: at `place`, where it nearly always is, or anywhere.
const ServiceView* service_near(const Snapshot& snapshot, std::size_t place, std::string_view id) {
  const auto& services = snapshot.services;
  if (place < services.size() && services[place].id == id) return &services[place];
  return service(snapshot, id);
}

Json changed_services(const Snapshot& before, const Snapshot& after) {
  Json list = Json::array();
  for (std::size_t place = 0; place < after.services.size(); ++place) {
    const ServiceView& view = after.services[place];
    const ServiceView* old = service_near(before, place, view.id);
    if (old == nullptr || differs(*old, view)) list.push_back(board_service(after, view));
  }
  for (std::size_t place = 0; place < before.services.size(); ++place) {
    const std::string& id = before.services[place].id;
    if (service_near(after, place, id) == nullptr) list.push_back({{"id", id}, {"removed", true}});
  }
  return list;
}

std::vector<const Update*> all_updates(const Incident& incident) {
  std::vector<const Update*> all;
  for (const Update& update : incident.updates) all.push_back(&update);
  if (incident.postmortem) all.push_back(&*incident.postmortem);
  return all;
}

/// The updates of `incident` that `old` (may be null) does not have as they are now.
void add_changed(Json& list, const Incident* old, const Incident& incident) {
  std::unordered_map<std::string_view, const Update*> before;
  if (old != nullptr) {
    for (const Update* update : all_updates(*old)) before[update->id] = update;
  }
  for (const Update* one : all_updates(incident)) {
    const Update& update = *one;
    const auto was = before.find(update.id);
    if (was != before.end() && *was->second == update) continue;
    Json row = board_update(update);
    row["incident"] = incident.id;
    row["name"] = shown(incident.name);
    list.push_back(std::move(row));
  }
}

Json changed_updates(const Snapshot& before, const Snapshot& after) {
  std::unordered_map<std::string_view, const Incident*> known;
  known.reserve(before.incidents.size());
  for (const Incident& incident : before.incidents) known[incident.id] = &incident;
  Json list = Json::array();
  for (const Incident& incident : after.incidents) {
    const auto old = known.find(incident.id);
    if (old != known.end() && old->second == &incident) continue;  // shared: it is the same
    add_changed(list, old == known.end() ? nullptr : old->second, incident);
  }
  return list;
}

bool same_beside(const Snapshot& before, const Snapshot& after) {
  return before.notices == after.notices && before.maintenances == after.maintenances &&
         before.banners == after.banners && before.incidents.size() == after.incidents.size();
}

/// What every event begins with.
Json event_about(const Snapshot& now) {
  return {{"updated_at", iso(changed_at(now))},
          {"headline", headline(now)},
          {"state", std::string(word(now.worst))},
          {"services", Json::array()},
          {"updates", Json::array()}};
}

}  // namespace

std::string missed_event(const Snapshot& now) {
  Json event = event_about(now);
  event["missed"] = true;
  return dumped(event);
}

std::string silence_event(const Snapshot& now, std::optional<Time> stale_since) {
  Json event = event_about(now);
  event["stale_since"] = stale_since ? Json(iso(std::max(*stale_since, now.as_of))) : Json(nullptr);
  return dumped(event);
}

std::string live_event(const Snapshot& before, const Snapshot& after) {
  Json services = changed_services(before, after);
  Json updates = changed_updates(before, after);
  if (services.empty() && updates.empty() && same_beside(before, after)) return {};
  Json event = event_about(after);
  event["services"] = std::move(services);
  event["updates"] = std::move(updates);
  if (before.notices != after.notices) {
    Json list = Json::array();
    for (const Notice& notice : after.notices) list.push_back(board_notice(notice));
    event["notices"] = std::move(list);
  }
  if (before.maintenances != after.maintenances) {
    Json list = Json::array();
    for (const Maintenance& maintenance : after.maintenances) {
      list.push_back(board_maintenance(after, maintenance));
    }
    event["maintenances"] = std::move(list);
  }
  return dumped(event);
}

}  // namespace signalbox::web
