// Incidents as feeds: Atom, RSS and JSON Feed.
#include <algorithm>
#include <array>
#include <cstdio>

#include "base/text.h"
#include "web/documents/json.h"
#include "web/documents/pages.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kEntries = 50;
/// A feed reader keeps what it has read; an entry need not repeat an endless incident.
constexpr std::size_t kUpdates = 30;

/// `Sat, 21 Nov 2026 04:30:00 +0000`, as RSS asks for.
std::string rfc822(Time t) {
  static constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(t);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(t - day));
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %d %02d:%02d:%02d +0000",
                kDays[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text.data();
}

Time last_change(const Incident& incident) {
  Time last = incident.opened;
  for (const Update& update : incident.updates) last = std::max(last, update.at);
  if (incident.postmortem) last = std::max(last, incident.postmortem->at);
  return last;
}

/// Whether `incident` is, or was, about `service`.
bool touches(const Incident& incident, std::string_view service) {
  return std::ranges::any_of(incident.services,
                             [service](const auto& entry) { return entry.first == service; });
}

std::string link_to(const Snapshot& snapshot, const Incident& incident) {
  return safe_link(snapshot.page.url) + "/incidents/" + shown(incident.id);
}

std::string content(const Snapshot& snapshot, const Incident& incident) {
  return filled("feed_entry.mustache", incident_view(snapshot, incident, kUpdates));
}

/// Whose incidents a feed tells, and where it is.
struct Channel {
  std::string title;
  std::string home;               ///< the page it belongs to
  std::string self;               ///< its path, without its ending
  std::string tag;                ///< what its id ends in
  std::string_view service = {};  ///< "": everybody's
};

Channel whole_page(const Snapshot& snapshot) {
  return {snapshot.page.name + ": incidents", "/", "/history", "/history"};
}

Channel one_service(const Snapshot& snapshot, const ServiceView& service) {
  const std::string id = shown(service.id);
  return {snapshot.page.name + ", " + service.name + ": incidents", "/services/" + id,
          "/feeds/" + id, "/services/" + id, service.id};
}

/// The newest incidents, at most 50.
std::vector<const Incident*> entries(const Snapshot& snapshot, const Channel& channel) {
  std::vector<const Incident*> list;
  for (const Incident& incident : snapshot.incidents) {
    if (list.size() == kEntries) break;
    const bool told = channel.service.empty() || touches(incident, channel.service);
    if (told) list.push_back(&incident);
  }
  return list;
}

View entry_view(const Snapshot& snapshot, const Incident& incident) {
  View view;
  view["id"] = text_view(incident.id);
  view["title"] = text_view(incident.name);
  view["url"] = View(link_to(snapshot, incident));
  view["published"] = View(snapshot.page.zone.iso(incident.opened));
  view["published_rfc"] = View(rfc822(incident.opened));
  view["updated"] = View(snapshot.page.zone.iso(last_change(incident)));
  view["content"] = View(content(snapshot, incident));
  return view;
}

std::string xml_feed(const Snapshot& snapshot, const Channel& channel,
                     std::string_view template_name) {
  View view = frame(snapshot, {});
  const std::string page = safe_link(snapshot.page.url);
  view["host"] = View(host(snapshot.page));
  view["title"] = text_view(channel.title);
  view["tag"] = View(channel.tag);
  view["home"] = View(page + channel.home);
  view["self"] = View(page + channel.self);
  Time updated = snapshot.page.created;
  ViewList list;
  for (const Incident* incident : entries(snapshot, channel)) {
    updated = std::max(updated, last_change(*incident));
    list.push_back(entry_view(snapshot, *incident));
  }
  view["updated"] = View(snapshot.page.zone.iso(updated));
  view["updated_rfc"] = View(rfc822(updated));
  view["entries"] = View(list);
  return filled(template_name, view);
}

std::string json_channel(const Snapshot& snapshot, const Channel& channel, std::string_view self) {
  const std::string page = safe_link(snapshot.page.url);
  Json feed = {{"version", "https://jsonfeed.org/version/1.1"},
               {"title", shown(channel.title)},
               {"home_page_url", page + channel.home},
               {"feed_url", page + std::string(self)},
               {"language", "en"}};
  Json items = Json::array();
  for (const Incident* incident : entries(snapshot, channel)) {
    items.push_back({{"id", link_to(snapshot, *incident)},
                     {"url", link_to(snapshot, *incident)},
                     {"title", shown(incident->name)},
                     {"content_html", content(snapshot, *incident)},
                     {"date_published", snapshot.page.zone.iso(incident->opened)},
                     {"date_modified", snapshot.page.zone.iso(last_change(*incident))}});
  }
  feed["items"] = std::move(items);
  return dumped(feed);
}

}  // namespace

std::string atom_feed(const Snapshot& snapshot, StaleSince) {
  return xml_feed(snapshot, whole_page(snapshot), "atom.mustache");
}

std::string rss_feed(const Snapshot& snapshot, StaleSince) {
  return xml_feed(snapshot, whole_page(snapshot), "rss.mustache");
}

std::string json_feed(const Snapshot& snapshot, StaleSince) {
  return json_channel(snapshot, whole_page(snapshot), "/feed.json");
}

std::string service_atom(const Snapshot& snapshot, const ServiceView& service, StaleSince) {
  return xml_feed(snapshot, one_service(snapshot, service), "atom.mustache");
}

std::string service_rss(const Snapshot& snapshot, const ServiceView& service, StaleSince) {
  return xml_feed(snapshot, one_service(snapshot, service), "rss.mustache");
}

std::string service_feed(const Snapshot& snapshot, const ServiceView& service, StaleSince) {
  const Channel channel = one_service(snapshot, service);
  return json_channel(snapshot, channel, channel.self + ".json");
}

}  // namespace signalbox::web
