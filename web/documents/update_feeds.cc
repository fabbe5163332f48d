// Every word on incidents as an entry of its own, for who wants to be told of each.
#include <algorithm>
#include <utility>

#include "web/documents/feed.h"
#include "web/documents/pages.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

struct ToldUpdate {
  const Incident* incident = nullptr;
  const Update* update = nullptr;
};

/// The newest updates of all incidents, newest first; of the same instant, the one said last.
std::vector<ToldUpdate> newest_updates(const Snapshot& snapshot) {
  std::vector<ToldUpdate> all;
  for (const Incident& incident : snapshot.incidents) {
    if (incident.postmortem) all.push_back({&incident, &*incident.postmortem});
    for (auto update = incident.updates.rbegin(); update != incident.updates.rend(); ++update) {
      all.push_back({&incident, &*update});
    }
  }
  std::ranges::stable_sort(
      all, [](const ToldUpdate& a, const ToldUpdate& b) { return a.update->at > b.update->at; });
  all.resize(std::min(all.size(), kMostEntries));
  return all;
}

std::string update_title(const ToldUpdate& told) {
  return title(told.update->phase) + ": " + told.incident->name;
}

FeedEntry update_entry(const Edition& edition, const ToldUpdate& told) {
  Incident alone = *told.incident;
  alone.updates = {*told.update};
  alone.postmortem.reset();
  return {"Update/" + told.update->id,
          update_title(told),
          incident_link(edition, *told.incident) + "#" + shown(told.update->id),
          told.update->at,
          told.update->at,
          updates_html(edition, alone)};
}

Channel all_updates_channel(const Edition& edition) {
  Channel channel{edition.snapshot.page.name + ": updates", "/", "/updates", "/updates", {}};
  for (const ToldUpdate& told : newest_updates(edition.snapshot)) {
    channel.entries.push_back(update_entry(edition, told));
  }
  return channel;
}

}  // namespace

std::string updates_atom(const Edition& edition) {
  return as_atom(edition, all_updates_channel(edition));
}

std::string updates_rss(const Edition& edition) {
  return as_rss(edition, all_updates_channel(edition));
}

std::string updates_feed(const Edition& edition) {
  return as_json_feed(edition, all_updates_channel(edition), "/updates.json");
}

}  // namespace signalbox::web
