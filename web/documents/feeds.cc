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

/// The host in the page's URL, for ids that never change.
std::string host(const Snapshot& snapshot) {
  std::string_view url = snapshot.page.url;
  const auto scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/:"));
  return url.empty() ? "localhost" : shown(url);
}

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

std::string link_to(const Snapshot& snapshot, const Incident& incident) {
  return safe_link(snapshot.page.url) + "/incidents/" + shown(incident.id);
}

std::string content(const Snapshot& snapshot, const Incident& incident) {
  return filled("feed_entry.mustache", incident_view(snapshot, incident, kUpdates));
}

/// The newest incidents, at most 50.
std::vector<const Incident*> entries(const Snapshot& snapshot) {
  std::vector<const Incident*> list;
  for (const Incident& incident : snapshot.incidents) {
    if (list.size() == kEntries) break;
    list.push_back(&incident);
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

std::string xml_feed(const Snapshot& snapshot, std::string_view template_name) {
  View view = frame(snapshot, {});
  view["host"] = View(host(snapshot));
  view["page_url"] = View(safe_link(snapshot.page.url));
  Time updated = snapshot.page.created;
  ViewList list;
  for (const Incident* incident : entries(snapshot)) {
    updated = std::max(updated, last_change(*incident));
    list.push_back(entry_view(snapshot, *incident));
  }
  view["updated"] = View(snapshot.page.zone.iso(updated));
  view["updated_rfc"] = View(rfc822(updated));
  view["entries"] = View(list);
  return filled(template_name, view);
}

}  // namespace

std::string atom_feed(const Snapshot& snapshot, StaleSince) {
  return xml_feed(snapshot, "atom.mustache");
}

std::string rss_feed(const Snapshot& snapshot, StaleSince) {
  return xml_feed(snapshot, "rss.mustache");
}

std::string json_feed(const Snapshot& snapshot, StaleSince) {
  const std::string home = safe_link(snapshot.page.url);
  Json feed = {{"version", "https://jsonfeed.org/version/1.1"},
               {"title", shown(snapshot.page.name) + ": incidents"},
               {"home_page_url", home + "/"},
               {"feed_url", home + "/feed.json"}};
  Json items = Json::array();
  for (const Incident* incident : entries(snapshot)) {
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

}  // namespace signalbox::web
