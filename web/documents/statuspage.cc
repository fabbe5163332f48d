// `/api/v2`: Statuspage's shape, key for key: page, status, components, and which incidents go into
// which file.
#include "web/documents/statuspage.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "web/documents/pages.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

/// Statuspage lists at most this many.
constexpr std::size_t kMost = 50;

Json page_json(const Snapshot& snapshot) {
  const PageFacts& page = snapshot.page;
  return {{"id", page_id(snapshot)},
          {"name", shown(page.name)},
          {"url", shown(page.url)},
          {"time_zone", page.zone.name() == "UTC" ? "Etc/UTC" : page.zone.name()},
          {"updated_at", stamp(snapshot, changed_at(snapshot))}};
}

Json status_object(const Snapshot& snapshot) {
  const std::string word = indicator(snapshot);
  return {{"indicator", word}, {"description", std::string(description(word))}};
}

int rank(std::string_view status) {
  constexpr std::array<std::string_view, 5> kBetterFirst = {
      "operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"};
  return static_cast<int>(std::ranges::find(kBetterFirst, status) - kBetterFirst.begin());
}

using Services = std::vector<const ServiceView*>;

/// The row of a group: its state is its worst child's.
Json group_json(const Snapshot& snapshot, const std::string& name, const Services& services,
                int position) {
  std::string_view worst = "operational";
  Time created = Time::max();
  Time updated{};
  Json children = Json::array();
  for (const ServiceView* service : services) {
    const auto status = component_status(service->state);
    if (rank(status) > rank(worst)) worst = status;
    created = std::min(created, started(snapshot, *service));
    updated = std::max(updated, changed(snapshot, *service));
    children.push_back(component_id(service->id));
  }
  Json row = component_row(snapshot, group_id(name), name, worst, position);
  row["created_at"] = stamp(snapshot, created);
  row["updated_at"] = stamp(snapshot, updated);
  row["group"] = true;
  row["components"] = std::move(children);
  return row;
}

void add_group(Json& rows, const Snapshot& snapshot, const std::string& name,
               const Services& services, int position) {
  rows.push_back(group_json(snapshot, name, services, position));
  int inside = 0;
  for (const ServiceView* service : services) {
    rows.push_back(component_json(snapshot, *service, ++inside));
  }
}

/// Every component; each group's row where its first service stands, followed by its services.
Json components_list(const Snapshot& snapshot) {
  std::unordered_map<std::string_view, Services> groups;
  for (const ServiceView& service : snapshot.services) groups[service.group].push_back(&service);
  Json rows = Json::array();
  int top = 0;
  for (const ServiceView& service : snapshot.services) {
    if (service.group.empty()) {
      rows.push_back(component_json(snapshot, service, ++top));
    } else if (const Services& inside = groups[service.group]; inside.front() == &service) {
      add_group(rows, snapshot, service.group, inside, ++top);
    }
  }
  return rows;
}

Json incidents_list(const Snapshot& snapshot, bool only_open) {
  Json list = Json::array();
  for (const Incident& incident : snapshot.incidents) {
    if (list.size() == kMost) break;
    if (incident.open() || !only_open) list.push_back(incident_json(snapshot, incident));
  }
  return list;
}

/// Those in one of `stages`, at most 50, as the snapshot has them: soonest first.
Json maintenances_list(const Snapshot& snapshot, std::initializer_list<Stage> stages) {
  Json list = Json::array();
  for (const Maintenance& maintenance : snapshot.maintenances) {
    if (list.size() == kMost) break;
    const Stage now = stage(maintenance, snapshot.as_of);
    if (std::ranges::find(stages, now) != stages.end()) {
      list.push_back(maintenance_json(snapshot, maintenance));
    }
  }
  return list;
}

std::string with_page(const Snapshot& snapshot, const char* key, Json value) {
  Json body = {{"page", page_json(snapshot)}};
  body[key] = std::move(value);
  return dumped(body);
}

}  // namespace

std::string summary_json(const Edition& edition) {
  Json body = {{"page", page_json(edition.snapshot)}};
  body["components"] = components_list(edition.snapshot);
  body["incidents"] = incidents_list(edition.snapshot, true);
  body["scheduled_maintenances"] =
      maintenances_list(edition.snapshot, {Stage::upcoming, Stage::running});
  body["status"] = status_object(edition.snapshot);
  return dumped(body);
}

std::string status_json(const Edition& edition) {
  return with_page(edition.snapshot, "status", status_object(edition.snapshot));
}

std::string components_json(const Edition& edition) {
  return with_page(edition.snapshot, "components", components_list(edition.snapshot));
}

std::string incidents_json(const Edition& edition) {
  return with_page(edition.snapshot, "incidents", incidents_list(edition.snapshot, false));
}

std::string unresolved_json(const Edition& edition) {
  return with_page(edition.snapshot, "incidents", incidents_list(edition.snapshot, true));
}

std::string maintenances_json(const Edition& edition) {
  Json list = maintenances_list(edition.snapshot, {Stage::upcoming, Stage::running, Stage::over});
  std::reverse(list.begin(), list.end());
  return with_page(edition.snapshot, "scheduled_maintenances", std::move(list));
}

std::string upcoming_json(const Edition& edition) {
  return with_page(edition.snapshot, "scheduled_maintenances",
                   maintenances_list(edition.snapshot, {Stage::upcoming}));
}

std::string active_json(const Edition& edition) {
  return with_page(edition.snapshot, "scheduled_maintenances",
                   maintenances_list(edition.snapshot, {Stage::running}));
}

}  // namespace signalbox::web
