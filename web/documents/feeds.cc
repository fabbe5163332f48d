// Incidents as feeds, of the whole page and of one service.
#include <algorithm>

#include "web/documents/feed.h"
#include "web/documents/pages.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

Time last_word_on(const Incident& incident) {
  Time last = incident.opened;
  for (const Update& update : incident.updates) last = std::max(last, update.at);
  if (incident.postmortem) last = std::max(last, incident.postmortem->at);
  return last;
}

/// The newest incidents; of one service (its id; "" is everybody's) those that touch it.
std::vector<FeedEntry> incident_entries(const Edition& edition, const std::string& service) {
  std::vector<FeedEntry> list;
  for (const Incident& incident : edition.snapshot.incidents) {
    if (list.size() == kMostEntries) break;
    if (!service.empty() && !incident.services.contains(service)) continue;
    list.push_back({"Incident/" + incident.id, incident.name, incident_link(edition, incident),
                    incident.opened, last_word_on(incident), updates_html(edition, incident)});
  }
  return list;
}

Channel whole_page(const Edition& edition) {
  return {edition.snapshot.page.name + ": incidents", "/", "/history", "/history",
          incident_entries(edition, "")};
}

Channel one_service(const Edition& edition, const ServiceView& service) {
  const std::string id = shown(service.id);
  return {edition.snapshot.page.name + ", " + service.name + ": incidents", "/services/" + id,
          "/feeds/" + id, "/services/" + id, incident_entries(edition, service.id)};
}

}  // namespace

std::string atom_feed(const Edition& edition) { return as_atom(edition, whole_page(edition)); }

std::string rss_feed(const Edition& edition) { return as_rss(edition, whole_page(edition)); }

std::string json_feed(const Edition& edition) {
  return as_json_feed(edition, whole_page(edition), "/feed.json");
}

std::string service_atom(const Edition& edition, const ServiceView& service) {
  return as_atom(edition, one_service(edition, service));
}

std::string service_rss(const Edition& edition, const ServiceView& service) {
  return as_rss(edition, one_service(edition, service));
}

std::string service_feed(const Edition& edition, const ServiceView& service) {
  const Channel channel = one_service(edition, service);
  return as_json_feed(edition, channel, channel.self + ".json");
}

}  // namespace signalbox::web
