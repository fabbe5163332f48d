// The page in its classic layout: a column a service with its figure, then a row a day.
#include <algorithm>

#include "web/documents/board_parts.h"
#include "web/documents/pages.h"
#include "web/documents/phrases.h"
#include "web/documents/service_days.h"
#include "web/documents/times.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

/// How long an update is recent.
constexpr Duration kRecent = std::chrono::hours(24);

/// The last word on an incident, or on a maintenance.
struct Word {
  const Update* update = nullptr;
  const Maintenance* work = nullptr;
};

/// Of the service's incidents and maintenances; none when nothing was said lately.
Word newest_recent(const Edition& edition, const std::vector<const Incident*>& incidents,
                   const std::string& service) {
  Word newest;
  const auto consider = [&](const std::vector<Update>& updates, const Maintenance* work) {
    if (updates.empty()) return;
    const Update& last = updates.back();
    if (last.withdrawn || last.at + kRecent < edition.snapshot.as_of) return;
    if (newest.update == nullptr || newest.update->at < last.at) newest = {&last, work};
  };
  for (const Incident* incident : incidents) consider(incident->updates, nullptr);
  for (const Maintenance& work : edition.snapshot.maintenances) {
    if (std::ranges::find(work.services, service) != work.services.end())
      consider(work.updates, &work);
  }
  return newest;
}

/// Work has no phase: it is planned, or runs, and has a window.
View recent_view(const Edition& edition, const Word& word) {
  if (word.update == nullptr) return View(false);
  View view = update_view(edition, *word.update);
  if (word.work == nullptr) return view;
  view["phase"] = View(stage_word(edition.language, stage(*word.work, edition.snapshot.as_of)));
  view["stated"] = View(when(edition, word.work->from));
  return view;
}

View columns_view(const Edition& edition) {
  const IncidentsOfServices incidents(edition.snapshot);
  ViewList list;
  list.reserve(edition.snapshot.services.size());
  for (const ServiceView& service : edition.snapshot.services) {
    View view = service_view(edition, service);
    const Word recent = newest_recent(edition, incidents.of(service.id), service.id);
    view["recent"] = recent_view(edition, recent);
    list.push_back(std::move(view));
  }
  return View(list);
}

}  // namespace

std::string classic_page(const Edition& edition) {
  View view = board_frame(edition);
  view["classic"] = View(true);
  view["columns"] = columns_view(edition);
  return filled("classic.mustache", view, edition.language);
}

}  // namespace signalbox::web
