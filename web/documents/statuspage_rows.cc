#include <algorithm>

#include "base/hash.h"
#include "web/documents/statuspage.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

/// As in its group's rows: counted from 1 among the services of the same group.
int position_of(const Snapshot& snapshot, const ServiceView& service) {
  int position = 0;
  std::vector<std::string_view> groups;
  for (const ServiceView& other : snapshot.services) {
    const bool top = service.group.empty();
    const bool new_group =
        top && !other.group.empty() && std::ranges::find(groups, other.group) == groups.end();
    if (new_group) groups.emplace_back(other.group);
    if (other.group == service.group || new_group) ++position;
    if (&other == &service) break;
  }
  return position;
}

Json affected_json(const Snapshot& snapshot, const Affected& affected) {
  const ServiceView* found = service(snapshot, affected.service);
  std::string name = found != nullptr ? found->name : affected.service;
  if (found != nullptr && !found->group.empty()) name = found->group + " - " + name;
  return object({{"code", component_id(affected.service)},
                 {"name", shown(name)},
                 {"old_status", std::string(component_status(affected.before))},
                 {"new_status", std::string(component_status(affected.after))}});
}

Json affected_list(const Snapshot& snapshot, const Update& update) {
  if (update.affected.empty()) return nullptr;
  Json list = Json::array();
  for (const Affected& affected : update.affected) {
    list.push_back(affected_json(snapshot, affected));
  }
  return list;
}

Time last_change(const Incident& incident) {
  Time last = incident.opened;
  for (const Update& update : incident.updates) last = std::max(last, update.at);
  if (incident.resolved) last = std::max(last, *incident.resolved);
  return incident.postmortem ? std::max(last, incident.postmortem->at) : last;
}

std::string_view status_of(const Incident& incident) {
  if (incident.postmortem) return "postmortem";
  return incident_status(incident.open() ? incident.phase : Phase::resolved);
}

}  // namespace

std::string page_id(const Snapshot& snapshot) {
  const std::string& slug = snapshot.page.slug;
  return short_id("page:" + iso(snapshot.page.created) + (slug.empty() ? "" : ":" + slug));
}

std::string component_id(std::string_view service) {
  return short_id("service:" + std::string(service));
}

std::string group_id(std::string_view name) { return short_id("group:" + std::string(name)); }

std::string stamp(const Snapshot& snapshot, Time t) { return snapshot.page.zone.iso(t, true); }

Time started(const Snapshot& snapshot, const ServiceView& service) {
  if (service.started != Time{}) return service.started;
  return snapshot.page.created != Time{} ? snapshot.page.created : snapshot.as_of;
}

Time changed(const Snapshot& snapshot, const ServiceView& service) {
  return std::max(service.since, started(snapshot, service));
}

Json component_row(const Snapshot& snapshot, std::string_view id, std::string_view name,
                   std::string_view status, int position) {
  return object({{"id", std::string(id)},
                 {"name", shown(name)},
                 {"status", std::string(status)},
                 {"created_at", nullptr},
                 {"updated_at", nullptr},
                 {"position", position},
                 {"description", nullptr},
                 {"showcase", true},
                 {"start_date", nullptr},
                 {"group_id", nullptr},
                 {"page_id", page_id(snapshot)},
                 {"group", false},
                 {"only_show_if_degraded", false}});
}

Json component_json(const Snapshot& snapshot, const ServiceView& service, int position) {
  Json row = component_row(snapshot, component_id(service.id), service.name,
                           component_status(service.state), position);
  row["created_at"] = stamp(snapshot, started(snapshot, service));
  row["updated_at"] = stamp(snapshot, changed(snapshot, service));
  row["start_date"] = snapshot.page.zone.date_text(started(snapshot, service));
  if (!service.group.empty()) row["group_id"] = group_id(service.group);
  if (service.state == State::unknown) {
    const auto& measured = service.standing.measured;
    const bool ever = measured && measured->at != Time{};
    const Time since = ever ? measured->at : changed(snapshot, service);
    row["description"] = "No fresh measurement since " + when(snapshot.page, since);
  }
  return row;
}

Json update_json(const Snapshot& snapshot, const Update& update, std::string_view status,
                 const std::string& incident) {
  const std::string at = stamp(snapshot, update.at);
  const std::string body = update.withdrawn ? "Withdrawn: " + update.text : update.text;
  return object({{"id", update.id},
                 {"status", std::string(status)},
                 {"body", shown(body)},
                 {"incident_id", incident},
                 {"created_at", at},
                 {"updated_at", at},
                 {"display_at", at},
                 {"affected_components", affected_list(snapshot, update)},
                 {"deliver_notifications", true},
                 {"custom_tweet", nullptr},
                 {"tweet_id", nullptr}});
}

Json time_or_null(const Snapshot& snapshot, const std::optional<Time>& t) {
  return t ? Json(stamp(snapshot, *t)) : Json(nullptr);
}

std::string link_to(const Snapshot& snapshot, const std::string& id) {
  return shown(snapshot.page.url) + "/incidents/" + id;
}

Json components_among(const Snapshot& snapshot, const std::vector<std::string>& ids) {
  Json list = Json::array();
  for (const ServiceView& service : snapshot.services) {
    if (std::ranges::find(ids, service.id) == std::ranges::end(ids)) continue;
    list.push_back(component_json(snapshot, service, position_of(snapshot, service)));
  }
  return list;
}

Json incident_json(const Snapshot& snapshot, const Incident& incident) {
  Json updates = Json::array();
  if (incident.postmortem) {
    updates.push_back(update_json(snapshot, *incident.postmortem, "postmortem", incident.id));
  }
  for (auto update = incident.updates.rbegin(); update != incident.updates.rend(); ++update) {
    updates.push_back(update_json(snapshot, *update, incident_status(update->phase), incident.id));
  }
  std::vector<std::string> ids;
  for (const auto& [id, state] : incident.services) ids.push_back(id);
  return object({{"id", incident.id},
                 {"name", shown(incident.name)},
                 {"status", std::string(status_of(incident))},
                 {"created_at", stamp(snapshot, incident.opened)},
                 {"updated_at", stamp(snapshot, last_change(incident))},
                 {"monitoring_at", time_or_null(snapshot, incident.monitoring)},
                 {"resolved_at", time_or_null(snapshot, incident.resolved)},
                 {"impact", impact(snapshot, incident)},
                 {"shortlink", link_to(snapshot, incident.id)},
                 {"started_at", stamp(snapshot, incident.opened)},
                 {"page_id", page_id(snapshot)},
                 {"incident_updates", std::move(updates)},
                 {"components", components_among(snapshot, ids)},
                 {"reminder_intervals", nullptr}});
}

}  // namespace signalbox::web
