#include "app/server/archive.h"

#include <algorithm>

#include "base/log.h"
#include "board/states.h"
#include "model/book.h"
#include "store/open.h"

namespace signalbox::app {

namespace {

std::nullopt_t none(const std::string& what, const Error& why) {
  log::warning(what + " cannot be looked up: " + why.what);
  return std::nullopt;
}

/// From when on figures of a service count: the snapshot knows those on the page.
Time started(const Snapshot& snapshot, const std::string& service) {
  const auto found = std::ranges::find(snapshot.services, service, &ServiceView::id);
  return found == snapshot.services.end() ? Time{} : found->started;
}

}  // namespace

Result<store::Archive*> PageArchive::archive() {
  if (archive_ == nullptr) {
    auto opened = store::open_archive(store_url_);
    if (!opened) return opened.error();
    archive_ = std::move(*opened);
  }
  return archive_.get();
}

std::optional<Incident> PageArchive::incident(std::string_view id) {
  const std::string what = "an older incident";
  const auto kept_ones = archive();
  if (!kept_ones) return none(what, kept_ones.error());
  const auto payload = (*kept_ones)->incident(id);
  if (!payload) return none(what, payload.error());
  if (!*payload) return std::nullopt;
  auto kept = decode_incident(**payload);
  if (!kept) return none(what, kept.error());
  return std::move(*kept);
}

std::optional<std::vector<Rollup>> PageArchive::rollups(const web::Stretch& stretch) {
  const std::string what = "what was measured";
  const auto& [service, from, to, step] = stretch;
  if (step <= Duration(0) || (to - from) / step > kMostSteps) return std::nullopt;
  const auto kept = archive();
  if (!kept) return none(what, kept.error());
  const SnapshotPtr newest = board_ == nullptr ? nullptr : board_->newest();
  const Time start = newest ? started(*newest, service) : Time{};
  auto sums = (*kept)->rollups(service, std::max(from, start), to, step);
  if (!sums) return none(what, sums.error());
  // Coarser sums may reach beyond what was asked.
  const Time first = sums->empty() ? from : std::min(from, sums->front().from);
  const Time last = sums->empty() ? to : std::max(to, sums->back().from + sums->back().span);
  const auto showings = (*kept)->showings(service, first, last);
  if (!showings) return none(what, showings.error());
  const Time known = newest ? newest->as_of : Time{};
  return board::with_states(std::move(*sums), *showings, from, to, step, start, known);
}

std::optional<std::vector<DrawnStretch>> PageArchive::points(std::string_view metric, Time from,
                                                             Time to, Duration step) {
  const std::string what = "what was pushed";
  if (step <= Duration(0) || (to - from) / step > kMostSteps) return std::nullopt;
  const auto kept = archive();
  if (!kept) return none(what, kept.error());
  auto found = (*kept)->points(metric, from, to, step);
  if (!found) return none(what, found.error());
  return std::move(*found);
}

std::optional<std::vector<Incident>> PageArchive::incidents(Time from, Time to) {
  const std::string what = "older incidents";
  const auto kept = archive();
  if (!kept) return none(what, kept.error());
  const auto payloads = (*kept)->incidents(from, to);
  if (!payloads) return none(what, payloads.error());
  std::vector<Incident> found;
  for (const std::string& payload : *payloads) {
    auto incident = decode_incident(payload);
    if (!incident) {  // set aside: one that cannot be read hides no other
      log::warning("an older incident is left out: " + incident.error().what);
      continue;
    }
    found.push_back(std::move(*incident));
  }
  return found;
}

}  // namespace signalbox::app
