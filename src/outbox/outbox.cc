#include "outbox/outbox.h"

#include <algorithm>
#include <iterator>

#include "base/check.h"

namespace signalbox::outbox {
namespace {

/// How many expired deliveries one claim gives up, so that no batch grows without bound.
constexpr std::size_t kMostRowsAClaim = 100;
/// A wall clock that goes back further than this was set.
constexpr Duration kClockWasSet = std::chrono::minutes(1);
/// No wait is kept over a restart for longer.
constexpr Duration kLongestWait = std::chrono::hours(24);

}  // namespace

Outbox::Outbox(Mediator& mediator, Habits habits)
    : mediator_(mediator), habits_(std::move(habits)) {
  check(!habits_.looks.empty(), "an outbox that never looks would repeat itself blindly");
}

void Outbox::on_sent_as(SentAs ask) { sent_as_ = std::move(ask); }

Lane& Outbox::lane(std::string_view account) {
  const auto it = lanes_.find(account);
  return it != lanes_.end() ? it->second : lanes_[std::string(account)];
}

void Outbox::park(Entry& entry) {
  if (entry.may_be_out() && entry.spoken.empty()) {
    entry.spoken = mediator_.normalised(entry.delivery.text);
  }
  lane(entry.delivery.account).park(entry);
}

void Outbox::unpark(const Entry& entry) { lane(entry.delivery.account).unpark(entry); }

void Outbox::insert(Delivery delivery) {
  announcements_.emplace(delivery.announcement, delivery.id);
  lane(delivery.account).closed.clear();
  const std::string id = delivery.id;
  Entry& entry = open_[id];
  entry.delivery = std::move(delivery);
  entry.order = ++order_;
  park(entry);
}

std::vector<Delivery> Outbox::add(std::vector<Delivery> deliveries) {
  std::vector<Delivery> rows;
  for (Delivery& delivery : deliveries) {
    if (delivery.settled() || open_.contains(delivery.id)) continue;
    const bool opens = is_news(delivery.tidings) && delivery.priority > priority(delivery.tidings);
    if (opens) {
      auto along = take_along(delivery);
      std::move(along.begin(), along.end(), std::back_inserter(rows));
    }
    insert(std::move(delivery));
  }
  return rows;
}

std::vector<Delivery> Outbox::take_along(const Delivery& opening) {
  std::vector<std::string> recoveries;
  const auto pick = [&](const std::set<Place>& places) {
    for (const Place& place : places) {
      const Delivery& d = open_.find(place.id)->second.delivery;
      const bool overtaken = is_news(d.tidings) && d.priority < opening.priority;
      if (overtaken && recovers_what_opens(d.text, opening.text)) recoveries.push_back(d.id);
    }
  };
  const Lane& there = lane(opening.account);
  pick(there.ready);
  for (const auto& [due, places] : there.later) pick(places);
  std::vector<Delivery> rows;
  for (const std::string& id : recoveries) {
    Entry& entry = open_.find(id)->second;
    unpark(entry);
    entry.delivery.priority = opening.priority;
    park(entry);
    rows.push_back(entry.delivery);
  }
  return rows;
}

std::vector<Delivery> Outbox::resume(std::vector<Delivery> open, Time now) {
  std::vector<Delivery> rows;
  last_now_ = now;
  for (Delivery& delivery : open) {
    if (delivery.settled() || open_.contains(delivery.id)) continue;
    delivery.due = std::min(delivery.due, now + kLongestWait);
    if (delivery.state == DeliveryState::sending) {
      delivery.state = DeliveryState::in_doubt;
      delivery.looks = 0;
      delivery.due = now + until_look(habits_, 0);
      rows.push_back(delivery);
    }
    // A retry that was put off put off its whole account: the far side still wants its rest.
    const bool put_off = delivery.state == DeliveryState::waiting && delivery.attempts > 0;
    if (put_off && now < delivery.due) lane(delivery.account).hold(delivery.due);
    insert(std::move(delivery));
  }
  return rows;
}

void Outbox::notice_clock(Time now) {
  if (now + kClockWasSet < last_now_) {
    const Time latest = now + habits_.longest_retry;
    for (auto& [account, lane] : lanes_) {
      if (lane.held_until) lane.held_until = std::min(*lane.held_until, latest);
    }
    for (auto& [id, entry] : open_) {
      if (entry.delivery.due <= latest) continue;
      unpark(entry);
      entry.delivery.due = latest;
      park(entry);
    }
  }
  last_now_ = now;
}

bool Outbox::expired(const Delivery& delivery, Time now) const {
  return now - delivery.created >= habits_.give_up_after;
}

Outbox::Claim Outbox::claim(Time now) {
  notice_clock(now);
  Claim claim;
  for (auto& [account, lane] : lanes_) {
    if (lane.held(now)) continue;
    lane.wake(now);
    claim_sends(lane, now, claim);
    claim_looks(lane, claim, now);
  }
  return claim;
}

void Outbox::claim_sends(Lane& lane, Time now, Claim& claim) {
  while (lane.sends_in_flight < habits_.at_once_per_account && !lane.ready.empty() &&
         claim.rows.size() < kMostRowsAClaim) {
    const auto it = open_.find(lane.ready.begin()->id);
    Entry& entry = it->second;
    if (expired(entry.delivery, now)) {
      claim.rows.push_back(close(it, DeliveryState::failed, kTooLate, now));
      continue;
    }
    unpark(entry);
    entry.unclaimed = entry.delivery;
    entry.delivery.state = DeliveryState::sending;
    entry.delivery.looks = 0;
    entry.delivery.sent_at = now;
    ++entry.delivery.attempts;
    ++lane.sends_in_flight;
    flights_[{entry.delivery.id, Job::What::send}] = entry.delivery.account;
    park(entry);
    claim.rows.push_back(entry.delivery);
    claim.jobs.push_back({Job::What::send, entry.delivery});
  }
}

void Outbox::claim_looks(Lane& lane, Claim& claim, Time now) {
  if (lane.looks_in_flight > 0 || lane.looks.empty() || now < lane.looks.begin()->first) return;
  Entry& entry = open_.find(lane.looks.begin()->second.begin()->id)->second;
  unpark(entry);
  entry.looking = true;
  ++lane.looks_in_flight;
  flights_[{entry.delivery.id, Job::What::look}] = entry.delivery.account;
  park(entry);
  claim.jobs.push_back({Job::What::look, entry.delivery});
}

void Outbox::unclaim(const Claim& claim) {
  for (const Job& job : claim.jobs) {
    land(job.delivery.id, job.what);
    const auto it = open_.find(job.delivery.id);
    if (it == open_.end() || job.what == Job::What::look) continue;
    unpark(it->second);
    if (it->second.unclaimed) it->second.delivery = *it->second.unclaimed;
    it->second.unclaimed.reset();
    park(it->second);
  }
  for (const Delivery& row : claim.rows) {
    if (row.state != DeliveryState::failed) continue;
    Delivery again = row;
    again.state = DeliveryState::waiting;
    add({again});
  }
}

Delivery Outbox::close(Entries::iterator it, DeliveryState state, std::string_view error,
                       Time now) {
  unpark(it->second);
  Delivery settled = std::move(it->second.delivery);
  settled.state = state;
  settled.due = now;
  if (!error.empty()) {
    settled.error = settled.error.empty() ? std::string(error)
                                          : std::string(error) + " (" + settled.error + ")";
  }
  announcements_.erase({settled.announcement, settled.id});
  open_.erase(it);
  return settled;
}

std::optional<Time> Outbox::next_due() const {
  std::optional<Time> due;
  for (const auto& [account, lane] : lanes_) {
    const auto of_lane = lane.next_due(habits_);
    if (of_lane && (!due || *of_lane < *due)) due = of_lane;
  }
  return due;
}

std::size_t Outbox::waiting(std::string_view account) const {
  return static_cast<std::size_t>(std::count_if(open_.begin(), open_.end(), [&](const auto& one) {
    return one.second.delivery.account == account;
  }));
}

std::vector<Delivery> Outbox::open() const {
  std::vector<Delivery> all;
  for (const auto& [id, entry] : open_) all.push_back(entry.delivery);
  return all;
}

const Trouble* Outbox::trouble(std::string_view account) const {
  const auto it = lanes_.find(account);
  return it != lanes_.end() && it->second.trouble ? &*it->second.trouble : nullptr;
}

std::vector<Trouble> Outbox::take_troubles() {
  std::vector<Trouble> news;
  for (auto& [account, lane] : lanes_) {
    if (!lane.trouble || lane.trouble_told) continue;
    lane.trouble_told = true;
    news.push_back(*lane.trouble);
  }
  return news;
}

}  // namespace signalbox::outbox
