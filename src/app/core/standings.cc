// What each service stands at: stated and measured merged, as often as something may have moved it.
#include <algorithm>
#include <utility>

#include "app/core/core.h"
#include "standing/standing.h"

namespace signalbox::app {

namespace {

/// Time alone moves a standing (a statement's hour is over) by the second, not by the reading.
constexpr Duration kAllEvery = std::chrono::seconds(1);

}  // namespace

void Core::refresh_what_moved() {
  if (happened_ || refreshed_ == Time{}) return refresh_standings();
  if (now_ < refreshed_ || now_ >= refreshed_ + kAllEvery) {
    refreshed_ = now_;
    for (const Service& service : plan_.services) {
      if (time_moves(service)) moved_.insert(service.id);
    }
  }
  for (const std::string& id : std::exchange(moved_, {})) {
    refresh_standing(plan_.services[service_at_.at(id)]);
  }
}

// Without staff's word and maintenances a standing rests on its measurement alone.
bool Core::time_moves(const Service& service) const {
  const auto lasts = [this](const Maintenance& work) {
    return !work.ended || *work.ended + kAllEvery * 60 > now_;
  };
  if (std::ranges::any_of(book_.maintenances, lasts)) return true;
  const auto entry = book_.entries.find(service.id);
  return entry != book_.entries.end() && entry->second.stated.has_value();
}

void Core::refresh_standings() {
  happened_ = false;
  refreshed_ = now_;
  moved_.clear();
  for (const Service& service : plan_.services) refresh_standing(service);
}

void Core::refresh_standing(const Service& service) {
  std::optional<Measurement> measured;
  if (service.measured) {
    const auto found = measured_.find(service.id);
    measured = found == measured_.end() ? Measurement{} : found->second;
  }
  Standing merged =
      standing::merge(standing::evidence(book_, service.id, measured, now_, began_), now_);
  const auto entry = book_.entries.find(service.id);
  const State before = entry == book_.entries.end() ? State::up : entry->second.shown;
  if (merged.state != before) {
    happen(Event{0, now_, StandingChanged{service.id, before, merged.state, merged.reason}});
  }
  standings_[service.id] = std::move(merged);
}

}  // namespace signalbox::app
