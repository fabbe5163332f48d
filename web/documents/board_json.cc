#include "web/documents/board_json.h"

#include "base/text.h"
#include "web/documents/pages.h"
#include "web/documents/phrases.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

Json time_or_null(Time t) { return t == Time{} ? Json(nullptr) : Json(iso(t)); }

Json time_or_null(const std::optional<Time>& t) { return t ? Json(iso(*t)) : Json(nullptr); }

Json stated_json(const std::optional<Statement>& stated) {
  if (!stated) return nullptr;
  return object({{"state", std::string(word(stated->state))},
                 {"at", iso(stated->at)},
                 {"until", time_or_null(stated->until)},
                 {"account", text_or_null(stated->source.account)},
                 {"author", text_or_null(stated->source.author)},
                 {"url", text_or_null(safe_link(stated->source.url))},
                 {"message", shown(stated->message)}});
}

/// Figures are left null where the page keeps traffic volume to itself; the share stays.
Json measured_json(const Snapshot& snapshot, const std::optional<Measurement>& measured) {
  if (!measured) return nullptr;
  const bool counts = snapshot.page.show_counts;
  const bool any = measured->total > 0;
  return object({{"state", std::string(word(measured->state))},
                 {"at", time_or_null(measured->at)},
                 {"good", counts ? Json(measured->good) : Json(nullptr)},
                 {"total", counts ? Json(measured->total) : Json(nullptr)},
                 {"share", any ? Json(measured->good / measured->total) : Json(nullptr)},
                 {"fresh", measured->fresh}});
}

Json month_json(const Snapshot& snapshot, const std::optional<Sums>& month) {
  if (!month || month->total <= 0) return nullptr;
  Json json = {{"text", share(month->good, month->total)}, {"share", month->good / month->total}};
  if (snapshot.page.show_counts) {
    json["good"] = month->good;
    json["total"] = month->total;
  }
  return json;
}

Json updates_json(const std::vector<Update>& updates) {
  Json list = Json::array();
  for (auto update = updates.rbegin(); update != updates.rend(); ++update) {
    list.push_back(board_update(*update));
  }
  return list;
}

Json texts(const std::vector<std::string>& values) {
  Json list = Json::array();
  for (const std::string& value : values) list.push_back(shown(value));
  return list;
}

template <typename Rows, typename Row>
Json rows(const Rows& values, const Row& row) {
  Json list = Json::array();
  for (const auto& value : values) list.push_back(row(value));
  return list;
}

Json open_incidents(const Snapshot& snapshot) {
  Json list = Json::array();
  for (const Incident& incident : snapshot.incidents) {
    if (incident.open()) list.push_back(board_incident(incident));
  }
  return list;
}

Json coming_maintenances(const Snapshot& snapshot) {
  Json list = Json::array();
  for (const Maintenance& maintenance : snapshot.maintenances) {
    if (stage(maintenance, snapshot.as_of) == Stage::over) continue;
    list.push_back(board_maintenance(snapshot, maintenance));
  }
  return list;
}

}  // namespace

Json board_service(const Snapshot& snapshot, const ServiceView& service) {
  const Standing& standing = service.standing;
  return object({{"id", service.id},
                 {"name", shown(service.name)},
                 {"group", text_or_null(service.group)},
                 {"state", std::string(word(service.state))},
                 {"since", time_or_null(service.since)},
                 {"reason", shown(standing.reason)},
                 {"note", text_or_null(standing.note)},
                 {"flapping", service.flapping},
                 {"stated", stated_json(standing.stated)},
                 {"measured", measured_json(snapshot, standing.measured)},
                 {"availability", month_json(snapshot, service.month)},
                 {"uptime", service.uptime ? Json(*service.uptime) : Json(nullptr)}});
}

Json board_update(const Update& update) {
  return object({{"id", update.id},
                 {"at", iso(update.at)},
                 {"phase", std::string(word(update.phase))},
                 {"state", update.state ? Json(std::string(word(*update.state))) : Json(nullptr)},
                 {"text", shown(update.text)},
                 {"automatic", update.automatic},
                 {"edited", update.edited},
                 {"withdrawn", update.withdrawn},
                 {"author", text_or_null(update.source.author)},
                 {"network", text_or_null(update.source.network)},
                 {"url", text_or_null(safe_link(update.source.url))}});
}

Json board_incident(const Incident& incident) {
  Json services = Json::array();
  for (const auto& [id, state] : incident.services) services.push_back(id);
  return object({{"id", incident.id},
                 {"name", shown(incident.name)},
                 {"phase", std::string(word(incident.phase))},
                 {"worst", std::string(word(incident.worst))},
                 {"services", std::move(services)},
                 {"opened", iso(incident.opened)},
                 {"resolved", time_or_null(incident.resolved)},
                 {"automatic", incident.automatic},
                 {"updates", updates_json(incident.updates)}});
}

Json board_notice(const Notice& notice) {
  return object({{"id", notice.id},
                 {"services", texts(notice.services)},
                 {"text", shown(notice.text)},
                 {"at", iso(notice.at)},
                 {"until", iso(notice.until)},
                 {"edited", notice.edited},
                 {"author", text_or_null(notice.source.author)},
                 {"network", text_or_null(notice.source.network)},
                 {"url", text_or_null(safe_link(notice.source.url))}});
}

Json board_maintenance(const Snapshot& snapshot, const Maintenance& maintenance) {
  const bool running = stage(maintenance, snapshot.as_of) == Stage::running;
  return object({{"id", maintenance.id},
                 {"name", shown(maintenance.name)},
                 {"services", texts(maintenance.services)},
                 {"in_force", running},
                 {"from", iso(maintenance.from)},
                 {"until", iso(end_of(maintenance))},
                 {"updates", updates_json(maintenance.updates)}});
}

std::string whole_board(const Snapshot& whole) { return board_json({.snapshot = whole}); }

std::string board_json(const Edition& edition) {
  Json body = {
      {"page",
       {{"name", shown(edition.snapshot.page.name)}, {"url", shown(edition.snapshot.page.url)}}}};
  body["updated_at"] = iso(changed_at(edition.snapshot));
  body["as_of"] = iso(edition.snapshot.as_of);
  body["stale"] = edition.stale_since.has_value();
  if (edition.stale_since) body["not_updated_since"] = iso(*edition.stale_since);
  body["state"] = std::string(word(edition.snapshot.worst));
  body["headline"] = headline(edition.snapshot);
  body["banners"] = Json::array();
  for (const OwnTrouble& banner : edition.snapshot.banners) {
    body["banners"].push_back(trouble_words(english(), edition.snapshot.page, banner));
  }
  body["services"] = rows(edition.snapshot.services,
                          [&](const auto& s) { return board_service(edition.snapshot, s); });
  body["incidents"] = open_incidents(edition.snapshot);
  body["notices"] = rows(edition.snapshot.notices, board_notice);
  body["maintenances"] = coming_maintenances(edition.snapshot);
  return dumped(body);
}

}  // namespace signalbox::web
