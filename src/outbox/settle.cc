#include <algorithm>
#include <string>
#include <utility>

#include "outbox/outbox.h"

namespace signalbox::outbox {
namespace {

/// How many ids of ours are remembered beside the store: more than can be settled before a commit.
constexpr std::size_t kRecent = 4096;
constexpr std::string_view kNeverLearnt = "given up: whether it is out could not be found out";

}  // namespace

std::optional<Delivery> Outbox::settle(const Outcome& outcome, Time now) {
  land(outcome.delivery, outcome.what);
  const auto it = open_.find(outcome.delivery);
  if (it == open_.end()) return std::nullopt;
  if (outcome.end == Outcome::End::said) return said(it, outcome.id, outcome.url, now);
  const bool sent = outcome.what == Job::What::send;
  const auto expected = sent ? DeliveryState::sending : DeliveryState::in_doubt;
  if (it->second.delivery.state != expected) return std::nullopt;
  it->second.unclaimed.reset();
  return sent ? send_ended(it, outcome, now) : look_ended(it, outcome, now);
}

/// The job is no longer in flight, whatever became of its delivery.
void Outbox::land(const std::string& delivery, Job::What what) {
  const auto flight = flights_.find({delivery, what});
  if (flight == flights_.end()) return;
  Lane& there = lane(flight->second);
  flights_.erase(flight);
  if (what == Job::What::send) {
    --there.sends_in_flight;
    return;
  }
  --there.looks_in_flight;
  const auto it = open_.find(delivery);
  if (it == open_.end()) return;
  unpark(it->second);
  it->second.looking = false;
  park(it->second);
}

Delivery Outbox::said(Entries::iterator it, const std::string& id, const std::string& url,
                      Time now) {
  lane(it->second.delivery.account).recover();
  Delivery row = close(it, DeliveryState::sent, "", now);
  row.remote_id = id;
  row.remote_url = url;
  row.error.clear();
  if (!row.sent_at) row.sent_at = now;
  remember(row);
  return row;
}

Delivery Outbox::send_ended(Entries::iterator it, const Outcome& outcome, Time now) {
  switch (outcome.end) {
    case Outcome::End::refused:
      lane(it->second.delivery.account).recover();
      it->second.delivery.error.clear();
      return close(it, DeliveryState::failed, outcome.error, now);
    case Outcome::End::later:
      return postponed(it, outcome, now);
    case Outcome::End::said:
    case Outcome::End::not_found:
    case Outcome::End::in_doubt:
      break;
  }
  return doubted(it, outcome, now);
}

Delivery Outbox::look_ended(Entries::iterator it, const Outcome& outcome, Time now) {
  return outcome.end == Outcome::End::not_found ? not_found(it, now)
                                                : look_failed(it, outcome, now);
}

/// Certainly not out: the account rests, and this one goes first when it wakes.
Delivery Outbox::postponed(Entries::iterator it, const Outcome& outcome, Time now) {
  Entry& entry = it->second;
  if (entry.delivery.revoked) return close(it, DeliveryState::cancelled, "", now);
  Lane& there = lane(entry.delivery.account);
  unpark(entry);
  entry.delivery.state = DeliveryState::waiting;
  entry.delivery.error = outcome.error;
  entry.delivery.due = now + rest(there, entry.delivery.account, outcome, now);
  there.hold(entry.delivery.due);
  park(entry);
  if (!expired(entry.delivery, now)) return entry.delivery;
  return close(it, DeliveryState::failed, kTooLate, now);
}

/// How long an account that refused an attempt rests.
Duration Outbox::rest(Lane& there, const std::string& account, const Outcome& outcome, Time now) {
  ++there.failures;
  if (outcome.code != Error::Code::unauthorized) {
    return backoff(habits_, there.failures, outcome.retry_after, mediator_.random());
  }
  if (!there.trouble) there.trouble = Trouble{account, outcome.error, now};
  return std::max(habits_.longest_retry, outcome.retry_after.value_or(Duration(0)));
}

/// It may be out: looked for, while those behind it go on.
Delivery Outbox::doubted(Entries::iterator it, const Outcome& outcome, Time now) {
  Entry& entry = it->second;
  Lane& there = lane(entry.delivery.account);
  if (!there.closed.empty()) {
    return close(it, DeliveryState::cancelled, there.closed + "; it may be out", now);
  }
  unpark(entry);
  entry.delivery.state = DeliveryState::in_doubt;
  entry.delivery.looks = 0;
  entry.delivery.error = outcome.error;
  entry.delivery.due = now + until_look(habits_, 0);
  park(entry);
  const int too_many = ++there.doubts - habits_.doubts_before_a_pause;
  if (outcome.retry_after) there.hold(now + *outcome.retry_after);
  if (too_many >= 0) {
    there.hold(now + backoff(habits_, too_many + 1, outcome.retry_after, mediator_.random()));
  }
  return entry.delivery;
}

Delivery Outbox::not_found(Entries::iterator it, Time now) {
  Entry& entry = it->second;
  lane(entry.delivery.account).look_failures = 0;
  unpark(entry);
  Delivery& row = entry.delivery;
  ++row.looks;
  row.due = now + until_look(habits_, row.looks);
  const bool certain = static_cast<std::size_t>(row.looks) >= habits_.looks.size();
  if (certain) row.state = DeliveryState::waiting;
  park(entry);
  if (!certain) return row;
  if (row.revoked) return close(it, DeliveryState::cancelled, "", now);
  if (!expired(row, now)) return row;
  return close(it, DeliveryState::failed, kTooLate, now);
}

/// Nothing was learnt: it stays in doubt and is looked for again later.
Delivery Outbox::look_failed(Entries::iterator it, const Outcome& outcome, Time now) {
  Entry& entry = it->second;
  Lane& there = lane(entry.delivery.account);
  const bool told_to_rest = outcome.retry_after || outcome.code == Error::Code::rate_limited ||
                            outcome.code == Error::Code::unauthorized;
  const Duration wait =
      told_to_rest ? rest(there, entry.delivery.account, outcome, now)
                   : backoff(habits_, ++there.look_failures, std::nullopt, mediator_.random());
  if (told_to_rest) there.hold(now + wait);
  unpark(entry);
  entry.delivery.due = now + wait;
  if (!outcome.error.empty()) entry.delivery.error = outcome.error;
  park(entry);
  if (!expired(entry.delivery, now)) return entry.delivery;
  return close(it, DeliveryState::failed, kNeverLearnt, now);
}

void Outbox::remember(const Delivery& sent) {
  if (sent.remote_id.empty()) return;
  std::pair<std::string, std::string> ours(sent.account, sent.remote_id);
  if (!recent_.insert(ours).second) return;
  recent_order_.push_back(std::move(ours));
  if (recent_order_.size() <= kRecent) return;
  recent_.erase(recent_order_.front());
  recent_order_.pop_front();
}

Outbox::Recognised Outbox::recognise(const Post& post, Time now) {
  if (recent_.contains({post.account, post.id})) return {true, std::nullopt};
  if (sent_as_ && sent_as_(post.account, post.id)) return {true, std::nullopt};
  const auto there = lanes_.find(post.account);
  if (post.deleted || there == lanes_.end() || there->second.spoken.empty()) return {};
  const auto alike = there->second.spoken.find(mediator_.normalised(post.text));
  if (alike == there->second.spoken.end()) return {};
  return {true, said(open_.find(alike->second.begin()->id), post.id, post.url, now)};
}

}  // namespace signalbox::outbox
