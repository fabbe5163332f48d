// The snapshot: made from the book and the figures, and published when it shows something new.
#include <utility>

#include "app/core/core.h"
#include "base/log.h"
#include "model/as_of.h"

namespace signalbox::app {

Snapshot Core::make_snapshot() {
  board::Ingredients with;
  with.page = plan_.page;
  with.standings = standings_;
  if (!plan_.replayed) {
    for (const Service& service : plan_.services) sums_.describe(service, book_, now_, with);
  }
  with.sources = plan_.sources;
  with.metrics = plan_.metrics;
  with.flapping = announce::flapping(memory_);
  with.past = plan_.past;
  if (unread_) with.banners.push_back({OwnTrouble::Kind::unread, {}});
  return board::view(book_, with, now_, shelf_);
}

void Core::publish_if_changed() {
  const bool figures_due = figures_changed_ && now_ >= published_ + kFiguresEvery;
  const bool stepped =
      std::chrono::floor<AsOfStep>(now_) != std::chrono::floor<AsOfStep>(published_);
  const bool aged = figures_due || stepped;
  if (!state_changed_ && (!aged || plan_.replayed)) return;
  if (sums_in_doubt_) {
    if (const Status read = read_figures(); !read) log::warning(read.error().what);
  }
  sums_.forget(now_);
  board_.publish(make_snapshot());
  published_ = now_;
  state_changed_ = figures_changed_ = false;
}

void Core::publish_trouble() {
  const SnapshotPtr last = board_.newest();
  if (!last) return;
  Snapshot next = *last;
  next.banners.push_back({OwnTrouble::Kind::unsaved, now_});
  board_.publish(std::move(next));
}

std::map<std::string, double> Core::figures() const {
  std::size_t open = 0;
  for (const Incident& incident : book_.incidents) open += incident.open() ? 1 : 0;
  return {{"ledger_events", static_cast<double>(book_.seq)},
          {"open_incidents", static_cast<double>(open)},
          {"outbox_waiting", static_cast<double>(outbox_.waiting())},
          {"source_complaints_total", complaints_},
          {"store_trouble", stuck_ ? 1.0 : 0.0}};
}

}  // namespace signalbox::app
