#include "web/documents/feed.h"

#include <algorithm>

#include "base/text.h"
#include "web/documents/json.h"
#include "web/documents/view.h"
#include "web/documents/words.h"
#include "web/http_date.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kMostUpdatesTold = 30;

View entry_view(const Edition& edition, const FeedEntry& entry) {
  const Zone& zone = edition.snapshot.page.zone;
  View view;
  view["tag"] = text_view(entry.tag);
  view["title"] = text_view(entry.title);
  view["url"] = View(entry.url);
  view["published"] = View(zone.iso(entry.published));
  view["published_rfc"] = View(http_date(entry.published));
  view["updated"] = View(zone.iso(entry.updated));
  view["content"] = View(entry.content);
  return view;
}

std::string as_xml(const Edition& edition, const Channel& channel, std::string_view template_name) {
  View view = frame(edition);
  const std::string page = safe_link(edition.snapshot.page.url);
  view["host"] = View(host(edition.snapshot.page));
  view["title"] = text_view(channel.title);
  view["feed_tag"] = View(place(edition.snapshot.page) + channel.tag);
  view["home"] = View(page + channel.home);
  view["self"] = View(page + channel.self);
  Time updated = edition.snapshot.page.created;
  ViewList list;
  for (const FeedEntry& entry : channel.entries) {
    updated = std::max(updated, entry.updated);
    list.push_back(entry_view(edition, entry));
  }
  view["updated"] = View(edition.snapshot.page.zone.iso(updated));
  view["updated_rfc"] = View(http_date(updated));
  view["entries"] = list_view(std::move(list));
  return filled(template_name, view, edition.language);
}

}  // namespace

std::string as_atom(const Edition& edition, const Channel& channel) {
  return as_xml(edition, channel, "atom.mustache");
}

std::string as_rss(const Edition& edition, const Channel& channel) {
  return as_xml(edition, channel, "rss.mustache");
}

std::string as_json_feed(const Edition& edition, const Channel& channel, const std::string& self) {
  const std::string page = safe_link(edition.snapshot.page.url);
  const Zone& zone = edition.snapshot.page.zone;
  Json feed = {{"version", "https://jsonfeed.org/version/1.1"},
               {"title", shown(channel.title)},
               {"home_page_url", page + channel.home},
               {"feed_url", page + self},
               {"language", "en"}};
  Json items = Json::array();
  for (const FeedEntry& entry : channel.entries) {
    items.push_back({{"id", entry.url},
                     {"url", entry.url},
                     {"title", shown(entry.title)},
                     {"content_html", entry.content},
                     {"date_published", zone.iso(entry.published)},
                     {"date_modified", zone.iso(entry.updated)}});
  }
  feed["items"] = std::move(items);
  return dumped(feed);
}

std::string incident_link(const Edition& edition, const Incident& incident) {
  return safe_link(edition.snapshot.page.url) + "/incidents/" + shown(incident.id);
}

std::string updates_html(const Edition& edition, const Incident& incident) {
  return filled("feed_entry.mustache", incident_view(edition, incident, kMostUpdatesTold),
                edition.language);
}

}  // namespace signalbox::web
