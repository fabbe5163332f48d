#include "app/publish/urgent.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

#include "model/service.h"
#include "web/copy/names.h"
#include "web/publisher.h"

namespace signalbox::app {
namespace {

using nlohmann::json;

/// Folders whose files are each about one thing.
constexpr std::array<std::string_view, 6> kOfOne = {"services", "groups", "incidents",
                                                    "feeds",    "badge",  "history"};

/// `2026-11` of a date: the page of history it is on.
constexpr std::size_t kMonth = 7;

void add_ids(std::set<std::string>& ids, const json& event, const char* list, const char* key) {
  const auto rows = event.find(list);
  if (rows == event.end()) return;
  for (const json& row : *rows) ids.insert(row.value(key, ""));
}

/// The groups of the services among `ids`, by their slugs.
void add_groups(std::set<std::string>& ids, const Snapshot& snapshot) {
  std::set<std::string> slugs;
  for (const ServiceView& service : snapshot.services) {
    if (ids.contains(service.id)) slugs.insert(group_slug(service.group));
  }
  ids.merge(slugs);
}

/// The id a file is about, without its ending; "" when it is about all.
std::string about(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  if (slash == std::string_view::npos) return "";
  if (web::copy::on_its_page("/" + std::string(name)).starts_with("/api/")) return "";
  const std::string_view above = name.substr(0, slash);
  const std::string_view folder = above.substr(above.rfind('/') + 1);
  if (std::ranges::find(kOfOne, folder) == kOfOne.end()) return "";
  const std::string_view last = name.substr(slash + 1);
  return std::string(last.substr(0, last.rfind('.')));
}

}  // namespace

Touched touched(const Snapshot& before, const Snapshot& after) {
  Touched touched;
  const json event = json::parse(web::live_event(before, after), nullptr, false);
  touched.any = event.is_object();
  if (!touched.any) return touched;
  add_ids(touched.ids, event, "services", "id");
  add_ids(touched.ids, event, "updates", "incident");
  add_ids(touched.ids, event, "maintenances", "id");
  const auto told = touched.ids;
  for (const Incident& incident : after.incidents) {
    if (!told.contains(incident.id)) continue;
    touched.ids.insert(after.page.zone.date_text(incident.opened).substr(0, kMonth));
    for (const auto& [service, state] : incident.services) touched.ids.insert(service);
  }
  add_groups(touched.ids, before);
  add_groups(touched.ids, after);
  return touched;
}

std::vector<std::string> urgent(const std::vector<std::string>& names, const Touched& touched) {
  std::vector<std::string> those;
  for (const std::string& name : names) {
    const std::string id = about(name);
    if (id.empty() || touched.ids.contains(id)) those.push_back(name);
  }
  return those;
}

}  // namespace signalbox::app
