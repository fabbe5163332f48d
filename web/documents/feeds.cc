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

std::string link_to(const Edition& edition, const Incident& incident) {
  return safe_link(edition.snapshot.page.url) + "/incidents/" + shown(incident.id);
}

std::string content(const Edition& edition, const Incident& incident) {
  return filled("feed_entry.mustache", incident_view(edition, incident, kUpdates),
                edition.language);
}

/// Whose incidents a feed tells, and where it is.
struct Channel {
  std::string title;
  std::string home;               ///< the page it belongs to
  std::string self;               ///< its path, without its ending
  std::string tag;                ///< what its id ends in
  std::string_view service = {};  ///< "": everybody's
};

Channel whole_page(const Edition& edition) {
  return {edition.snapshot.page.name + ": incidents", "/", "/history", "/history"};
}

Channel one_service(const Edition& edition, const ServiceView& service) {
  const std::string id = shown(service.id);
  return {edition.snapshot.page.name + ", " + service.name + ": incidents", "/services/" + id,
          "/feeds/" + id, "/services/" + id, service.id};
}

/// The newest incidents, at most 50.
std::vector<const Incident*> entries(const Edition& edition, const Channel& channel) {
  std::vector<const Incident*> list;
  for (const Incident& incident : edition.snapshot.incidents) {
    if (list.size() == kEntries) break;
    const bool told = channel.service.empty() || touches(incident, channel.service);
    if (told) list.push_back(&incident);
  }
  return list;
}

View entry_view(const Edition& edition, const Incident& incident) {
  View view;
  view["id"] = text_view(incident.id);
  view["title"] = text_view(incident.name);
  view["url"] = View(link_to(edition, incident));
  view["published"] = View(edition.snapshot.page.zone.iso(incident.opened));
  view["published_rfc"] = View(rfc822(incident.opened));
  view["updated"] = View(edition.snapshot.page.zone.iso(last_change(incident)));
  view["content"] = View(content(edition, incident));
  return view;
}

std::string xml_feed(const Edition& edition, const Channel& channel,
                     std::string_view template_name) {
  View view = frame(edition);
  const std::string page = safe_link(edition.snapshot.page.url);
  view["host"] = View(host(edition.snapshot.page));
  view["title"] = text_view(channel.title);
  view["tag"] = View(channel.tag);
  view["home"] = View(page + channel.home);
  view["self"] = View(page + channel.self);
  Time updated = edition.snapshot.page.created;
  ViewList list;
  for (const Incident* incident : entries(edition, channel)) {
    updated = std::max(updated, last_change(*incident));
    list.push_back(entry_view(edition, *incident));
  }
  view["updated"] = View(edition.snapshot.page.zone.iso(updated));
  view["updated_rfc"] = View(rfc822(updated));
  view["entries"] = View(list);
  return filled(template_name, view, edition.language);
}

std::string json_channel(const Edition& edition, const Channel& channel, std::string_view self) {
  const std::string page = safe_link(edition.snapshot.page.url);
  Json feed = {{"version", "https://jsonfeed.org/version/1.1"},
               {"title", shown(channel.title)},
               {"home_page_url", page + channel.home},
               {"feed_url", page + std::string(self)},
               {"language", "en"}};
  Json items = Json::array();
  for (const Incident* incident : entries(edition, channel)) {
    items.push_back({{"id", link_to(edition, *incident)},
                     {"url", link_to(edition, *incident)},
                     {"title", shown(incident->name)},
                     {"content_html", content(edition, *incident)},
                     {"date_published", edition.snapshot.page.zone.iso(incident->opened)},
                     {"date_modified", edition.snapshot.page.zone.iso(last_change(*incident))}});
  }
  feed["items"] = std::move(items);
  return dumped(feed);
}

}  // namespace

std::string atom_feed(const Edition& edition) {
  return xml_feed(edition, whole_page(edition), "atom.mustache");
}

std::string rss_feed(const Edition& edition) {
  return xml_feed(edition, whole_page(edition), "rss.mustache");
}

std::string json_feed(const Edition& edition) {
  return json_channel(edition, whole_page(edition), "/feed.json");
}

std::string service_atom(const Edition& edition, const ServiceView& service) {
  return xml_feed(edition, one_service(edition, service), "atom.mustache");
}

std::string service_rss(const Edition& edition, const ServiceView& service) {
  return xml_feed(edition, one_service(edition, service), "rss.mustache");
}

std::string service_feed(const Edition& edition, const ServiceView& service) {
  const Channel channel = one_service(edition, service);
  return json_channel(edition, channel, channel.self + ".json");
}

}  // namespace signalbox::web
