#include "outbox/lane.h"

#include <algorithm>

namespace signalbox::outbox {
namespace {

using Timed = std::map<Time, std::set<Place>>;

void erase(Timed& timed, Time at, const Place& place) {
  const auto it = timed.find(at);
  if (it == timed.end()) return;
  it->second.erase(place);
  if (it->second.empty()) timed.erase(it);
}

std::optional<Time> earlier(std::optional<Time> a, std::optional<Time> b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

}  // namespace

void Lane::park(const Entry& entry) {
  const Delivery& d = entry.delivery;
  if (d.state == DeliveryState::waiting) later[d.due].insert(entry.place());
  if (d.state == DeliveryState::in_doubt && !entry.looking) looks[d.due].insert(entry.place());
  if (entry.may_be_out()) spoken[entry.spoken].insert(entry.place());
}

void Lane::unpark(const Entry& entry) {
  ready.erase(entry.place());
  erase(later, entry.delivery.due, entry.place());
  erase(looks, entry.delivery.due, entry.place());
  const auto it = spoken.find(entry.spoken);
  if (it == spoken.end()) return;
  it->second.erase(entry.place());
  if (it->second.empty()) spoken.erase(it);
}

void Lane::wake(Time now) {
  while (!later.empty() && later.begin()->first <= now) {
    ready.merge(later.begin()->second);
    later.erase(later.begin());
  }
}

void Lane::recover() {
  failures = 0;
  doubts = 0;
  trouble.reset();
  trouble_told = false;
}

void Lane::hold(Time until) {
  if (!held_until || *held_until < until) held_until = until;
}

std::optional<Time> Lane::next_due(const Habits& habits) const {
  std::optional<Time> due;
  if (sends_in_flight < habits.at_once_per_account) {
    if (!later.empty()) due = later.begin()->first;
    if (!ready.empty()) due = Time{};
  }
  if (looks_in_flight == 0 && !looks.empty()) due = earlier(due, looks.begin()->first);
  if (due && held_until) due = std::max(*due, *held_until);
  return due;
}

}  // namespace signalbox::outbox
