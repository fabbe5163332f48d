#include "web/documents/table.h"

#include <algorithm>
#include <array>

#include "web/documents/history.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

constexpr std::array kFixed = std::to_array<FixedDocument>({
    {"/", Kind::html, board_page},
    {"/subscribe", Kind::html, subscribe_page},
    {kNotFound, Kind::html, not_found_page},
    {"/wall", Kind::wall, wall_page},
    {"/embed", Kind::embed, embed_page},
    {"/status.txt", Kind::text, status_text},
    {"/api/board.json", Kind::json, board_json},
    {"/api/openapi.json", Kind::json, openapi_json},
    {"/api/v2/summary.json", Kind::json, summary_json},
    {"/api/v2/status.json", Kind::json, status_json},
    {"/api/v2/components.json", Kind::json, components_json},
    {"/api/v2/incidents.json", Kind::json, incidents_json},
    {"/api/v2/incidents/unresolved.json", Kind::json, unresolved_json},
    {"/api/v2/scheduled-maintenances.json", Kind::json, maintenances_json},
    {"/api/v2/scheduled-maintenances/upcoming.json", Kind::json, upcoming_json},
    {"/api/v2/scheduled-maintenances/active.json", Kind::json, active_json},
    {"/history.atom", Kind::atom, atom_feed},
    {"/history.rss", Kind::rss, rss_feed},
    {"/feed.json", Kind::feed, json_feed},
    {"/updates.atom", Kind::atom, updates_atom},
    {"/updates.rss", Kind::rss, updates_rss},
    {"/updates.json", Kind::feed, updates_feed},
    {"/maintenance.ics", Kind::calendar, maintenance_calendar},
    {"/badge.svg", Kind::svg, page_badge},
    {"/badge.json", Kind::json, page_badge_json},
});

constexpr std::array kOfService = std::to_array<ServiceDocument>({
    {"/feeds/", ".atom", Kind::atom, service_atom},
    {"/feeds/", ".rss", Kind::rss, service_rss},
    {"/feeds/", ".json", Kind::feed, service_feed},
    {"/badge/", ".svg", Kind::svg, service_badge},
    {"/badge/", ".json", Kind::json, service_badge_json},
});

}  // namespace

std::span<const FixedDocument> fixed_documents() { return kFixed; }

std::span<const ServiceDocument> service_documents() { return kOfService; }

bool is_page(std::string_view path) {
  if (path == kHistory) return true;
  for (const std::string_view before : {"/services/", "/incidents/", "/groups/", "/history/"}) {
    if (path.starts_with(before)) return true;
  }
  const auto entry = std::ranges::find(kFixed, path, &FixedDocument::path);
  return entry != kFixed.end() && is_page(entry->kind);
}

std::string path_of(const ServiceDocument& entry, std::string_view id) {
  return std::string(entry.before) + std::string(id) + std::string(entry.after);
}

std::string_view id_in(const ServiceDocument& entry, std::string_view path) {
  const std::size_t around = entry.before.size() + entry.after.size();
  if (path.size() <= around || !path.starts_with(entry.before) || !path.ends_with(entry.after)) {
    return {};
  }
  return path.substr(entry.before.size(), path.size() - around);
}

}  // namespace signalbox::web
