// The board as plain text (Markdown in the manner of llms.txt), for readers without a browser: all
// they need to know, and where to read on.
#include <algorithm>

#include "base/text.h"
#include "board/board.h"
#include "web/documents/pages.h"
#include "web/documents/phrases.h"
#include "web/documents/service_groups.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kMostUpdates = 5;
constexpr std::size_t kMostPast = 10;

std::string line(std::string_view text) { return one_line(shown(trim(text))); }

std::string home(const Snapshot& snapshot) { return safe_link(snapshot.page.url); }

std::string heading(std::string_view text) { return "\n## " + std::string(text) + "\n\n"; }

/// "stated DOWN 2026-11-21 03:50 CET: disks caught fire", as far as somebody spoke.
std::string stated_text(const Snapshot& snapshot, const ServiceView& service) {
  const auto& stated = service.standing.stated;
  if (!stated) return {};
  const std::string said = line(stated->message);
  return "; stated " + std::string(word(stated->state)) + " " + when(snapshot.page, stated->at) +
         (said.empty() ? "" : ": " + said);
}

std::string measured_text(const Snapshot& snapshot, const ServiceView& service) {
  const auto& measured = service.standing.measured;
  if (!measured) return {};
  std::string text = "; measured " + std::string(word(measured->state));
  if (measured->total > 0) text += " (" + share(measured->good, measured->total) + " of requests)";
  if (measured->at != Time{}) text += " " + when(snapshot.page, measured->at);
  return text;
}

std::string service_line(const Snapshot& snapshot, const ServiceView& service) {
  std::string text = "- " + std::string(word(service.state)) + " " + line(service.id);
  if (service.name != service.id) text += " (" + line(service.name) + ")";
  if (service.since != Time{}) text += ", since " + when(snapshot.page, service.since);
  if (service.state != State::up) {
    text += stated_text(snapshot, service) + measured_text(snapshot, service);
  }
  return text + "\n";
}

std::string group_text(const Snapshot& snapshot, const ServiceGroup& group) {
  std::string text = group.name.empty() ? "" : line(group.name) + ":\n";
  for (const ServiceView* service : group.services) text += service_line(snapshot, *service);
  return text;
}

/// Group by group; those in none come first, so that nobody takes them for another group's.
std::string services_text(const Snapshot& snapshot) {
  std::vector<ServiceGroup> groups = service_groups(snapshot);
  std::ranges::stable_partition(groups, [](const auto& group) { return group.name.empty(); });
  std::string text = heading("Services");
  for (const ServiceGroup& group : groups) text += group_text(snapshot, group);
  return text;
}

std::string update_line(const Snapshot& snapshot, const Update& update, bool with_phase) {
  std::string text = "  - " + when(snapshot.page, update.at);
  if (with_phase) text += ", " + title(update.phase);
  if (update.withdrawn) text += ", withdrawn";
  return text + ": " + line(update.text) + "\n";
}

std::string incident_text(const Snapshot& snapshot, const Incident& incident) {
  std::string text = "- " + phase_title(incident) + ": " + line(incident.name) + "\n  " +
                     home(snapshot) + "/incidents/" + incident.id + "\n";
  std::size_t told = 0;
  for (auto update = incident.updates.rbegin();
       update != incident.updates.rend() && told < kMostUpdates; ++update, ++told) {
    text += update_line(snapshot, *update, true);
  }
  if (incident.updates.size() > told) {
    text += "  - " + std::to_string(incident.updates.size() - told) + " earlier\n";
  }
  return text;
}

std::string open_text(const Snapshot& snapshot) {
  std::string text;
  for (const Incident& incident : snapshot.incidents) {
    if (incident.open()) text += incident_text(snapshot, incident);
  }
  return heading("Open incidents") + (text.empty() ? "None.\n" : text);
}

std::string past_text(const Snapshot& snapshot) {
  std::string text;
  std::size_t told = 0;
  for (const Incident& incident : snapshot.incidents) {
    if (incident.open() || told++ >= kMostPast) continue;
    text += "- " + when(snapshot.page, incident.opened) + " to " +
            when(snapshot.page, *incident.resolved) + ": " + line(incident.name) + "\n";
  }
  return text.empty() ? "" : heading("Resolved in the last 30 days") + text;
}

std::string maintenances_text(const Snapshot& snapshot) {
  std::string text;
  for (const Maintenance& work : snapshot.maintenances) {
    const Stage now = stage(work, snapshot.as_of);
    if (now == Stage::over) continue;
    text += std::string("- ") + (now == Stage::running ? "In force: " : "Planned: ") +
            line(work.name) + ", " + when(snapshot.page, work.from) + " to " +
            when(snapshot.page, end_of(work)) + "\n";
    for (const Update& update : work.updates) text += update_line(snapshot, update, false);
  }
  return text.empty() ? "" : heading("Maintenance") + text;
}

std::string notices_text(const Snapshot& snapshot) {
  std::string text;
  for (const Notice& notice : snapshot.notices) {
    text += "- " + when(snapshot.page, notice.at) + ", " + line(join(notice.services, ", ")) +
            ": " + line(notice.text) + "\n";
  }
  return text.empty() ? "" : heading("Notices") + text;
}

/// Where programs read on.
std::string links_text(const Snapshot& snapshot) {
  struct Link {
    std::string_view name, path, what;
  };
  static constexpr Link kLinks[] = {
      {"Board", "/api/board.json", "all of this as JSON"},
      {"Summary", "/api/v2/summary.json", "in Statuspage's shape"},
      {"API", "/api/openapi.json", "every address, described as OpenAPI"},
      {"Incidents", "/history.atom", "as a feed; also /history.rss and /feed.json"},
      {"A service's incidents", "/feeds/ID.atom", "also .rss and .json"},
      {"Maintenance", "/maintenance.ics", "as a calendar"},
      {"Changes", "/live", "as they happen: server-sent events"},
      {"Past", "/history", "incidents, month by month"},
  };
  std::string text = heading("Read on");
  for (const Link& link : kLinks) {
    text += "- " + std::string(link.name) + ": " + home(snapshot) + std::string(link.path) + " (" +
            std::string(link.what) + ")\n";
  }
  for (const auto& follow : snapshot.page.follow) {
    const std::string url = safe_link(follow.url);
    if (!url.empty()) text += "- Follow on " + line(follow.network) + ": " + url + "\n";
  }
  return text;
}

}  // namespace

std::string status_text(const Edition& edition) {
  std::string text = "# " + line(edition.snapshot.page.name) + " status\n\n";
  if (edition.stale_since) {
    text += "NOT UPDATED SINCE " + when(edition.snapshot.page, *edition.stale_since) +
            ": what follows may be out of date.\n\n";
  }
  for (const OwnTrouble& banner : edition.snapshot.banners) {
    text += trouble_words(english(), edition.snapshot.page, banner) + "\n\n";
  }
  text += "> " + one_line(headline(edition.snapshot)) + "\n\n";
  text += "As of " + when(edition.snapshot.page, edition.snapshot.as_of) +
          ". UP works, ISSUE has trouble, DOWN is " +
          "away, MAINT is being worked on, UNKNOWN cannot be measured.\n";
  text += open_text(edition.snapshot) + maintenances_text(edition.snapshot) +
          notices_text(edition.snapshot);
  return text + services_text(edition.snapshot) + past_text(edition.snapshot) +
         links_text(edition.snapshot);
}

}  // namespace signalbox::web
