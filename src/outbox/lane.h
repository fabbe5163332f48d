// One account's part of the outbox: what is ready, what waits, what is in doubt, and until when all
// of it is held.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "base/time.h"
#include "model/delivery.h"
#include "outbox/rules.h"

namespace signalbox::outbox {

/// Where a delivery stands in the order of its account: higher priority first, then as added.
struct Place {
  int priority = 0;
  std::uint64_t order = 0;
  std::string id;

  bool operator<(const Place& other) const {
    return std::tuple(-priority, order) < std::tuple(-other.priority, other.order);
  }
};

/// A delivery that is not settled, with what only this process needs to know of it.
struct Entry {
  Delivery delivery;
  std::uint64_t order = 0;
  std::string spoken;                 ///< its text as posts are compared, once it was handed out
  bool looking = false;               ///< a look is in flight
  std::optional<Delivery> unclaimed;  ///< as it was before the claim, until its outcome

  Place place() const { return {delivery.priority, order, delivery.id}; }
  /// Whether a post with its text is taken for it: it may be out.
  bool may_be_out() const {
    return delivery.state == DeliveryState::sending || delivery.state == DeliveryState::in_doubt ||
           (delivery.state == DeliveryState::waiting && delivery.looks > 0);
  }
};

/// The account's indexes: an entry is in at most one of `ready`, `later` and `looks`.
struct Lane {
  std::set<Place> ready;                                       ///< waiting, due
  std::map<Time, std::set<Place>> later;                       ///< waiting, by due
  std::map<Time, std::set<Place>> looks;                       ///< in doubt, by their next look
  std::map<std::string, std::set<Place>, std::less<>> spoken;  ///< may be out, by text
  std::optional<Time> held_until;  ///< the far side asked for, or needs, a rest
  int failures = 0;                ///< refused attempts in a row
  int doubts = 0;                  ///< attempts in doubt in a row
  int look_failures = 0;
  int sends_in_flight = 0;
  int looks_in_flight = 0;
  std::string closed;  ///< why nobody can look here any more, or ""
  std::optional<Trouble> trouble;
  bool trouble_told = false;

  /// Puts an entry into the index its state asks for.
  void park(const Entry& entry);
  /// Takes it out of all of them.
  void unpark(const Entry& entry);
  /// Moves what has come due into `ready`.
  void wake(Time now);
  /// Something was accepted or properly refused: the far side is well.
  void recover();
  /// Nothing is asked of the account before `until`.
  void hold(Time until);
  bool held(Time now) const { return held_until && now < *held_until; }
  /// When it next has work, as Outbox::next_due().
  std::optional<Time> next_due(const Habits& habits) const;
};

}  // namespace signalbox::outbox
