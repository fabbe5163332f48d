// The durable queue of deliveries: claimed, sent, recorded. What may have gone out is never blindly
// repeated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "model/delivery.h"
#include "model/post.h"
#include "outbox/lane.h"
#include "outbox/rules.h"

namespace signalbox::outbox {

/// What the outbox asks of the rest; `app` answers.
class Mediator {
 public:
  virtual ~Mediator() = default;
  /// A text as our posts are compared when read back.
  virtual std::string normalised(std::string_view text) const = 0;
  /// Random bits for jitter.
  virtual std::uint64_t random() = 0;
};

/// Owned by the core thread. It holds open deliveries in memory and says which rows a change must
/// keep: the caller puts them into the batch it commits. Nothing is handed to a courier before its
/// row is durable. Rows given back are to be kept in the order they were given, and kept again
/// until the store takes them.
class Outbox {
 public:
  Outbox(Mediator& mediator, Habits habits);  ///< `mediator` outlives it

  /// Takes over what the store holds, in its order. A delivery found `sending` is in doubt from
  /// here on: the rows to keep.
  std::vector<Delivery> resume(std::vector<Delivery> open, Time now);
  /// Adds deliveries once the batch that causes them is kept (or in the same batch). Known ids
  /// change nothing. News that opens an incident outranks other news, but takes the waiting
  /// recoveries of its targets along in front: their rows, with the new priority, to keep.
  std::vector<Delivery> add(std::vector<Delivery> deliveries);

  /// What is due: the rows to keep, and the jobs to hand out once they are kept (at once when there
  /// are none).
  struct Claim {
    std::vector<Delivery> rows;
    std::vector<Job> jobs;
    bool empty() const { return rows.empty() && jobs.empty(); }
  };
  /// Highest priority first, then the order they were added, one at a time an account. What waits
  /// for a retry holds up its account; what is in doubt holds up nobody. Costs O(log n).
  Claim claim(Time now);
  /// Gives back what claim() took, when keeping its rows failed.
  void unclaim(const Claim& claim);
  /// Records how a job ended; the row to keep. Nullopt for a delivery that is unknown or settled
  /// already.
  std::optional<Delivery> settle(const Outcome& outcome, Time now);

  /// Whether a post read on an account is ours: its id is recorded, or its text equals a delivery
  /// that is sending or in doubt there. In the second case that delivery is settled: its row to
  /// keep.
  struct Recognised {
    bool ours = false;
    std::optional<Delivery> row;
  };
  Recognised recognise(const Post& post, Time now);
  /// Whether the store holds a sent delivery with this id; asked once a post, beside what was
  /// settled in this process.
  using SentAs = std::function<bool(std::string_view account, std::string_view remote_id)>;
  void on_sent_as(SentAs ask);

  /// What cancelling brought about: the rows to keep, and which of the announcement's deliveries
  /// may be out already.
  struct Cancelled {
    std::vector<Delivery> rows;
    std::vector<Delivery> perhaps_out;  ///< sending or in doubt: looked for, not sent again
  };
  /// Cancels what is not yet out. Deliveries that are settled as sent are the store's to tell
  /// (deliveries_of).
  Cancelled cancel_announcement(std::string_view announcement, Time now);
  /// Cancels all of an account that was removed. One being sent is settled by its outcome, which
  /// must still be told.
  std::vector<Delivery> cancel_account(std::string_view account, std::string_view why, Time now);
  /// Cancels the account's news older than `age` and still waiting: what a digest replaces after an
  /// absence.
  std::vector<Delivery> cancel_stale_news(std::string_view account, Duration age, Time now);

  /// An account whose credentials are refused: retried slowly, staff must act.
  const Trouble* trouble(std::string_view account) const;
  /// The accounts refused since last asked; each once, until something was accepted there again.
  /// For telling staff.
  std::vector<Trouble> take_troubles();

  /// When claim() will next have something; in the past: now. Nullopt: not before an outcome or an
  /// addition.
  std::optional<Time> next_due() const;
  /// How many deliveries are not settled, on all accounts or on one.
  std::size_t waiting() const { return open_.size(); }
  std::size_t waiting(std::string_view account) const;
  /// All of them, in no particular order.
  std::vector<Delivery> open() const;

 private:
  using Entries = std::map<std::string, Entry, std::less<>>;
  using Pair = std::pair<std::string, std::string>;

  Lane& lane(std::string_view account);
  void park(Entry& entry);
  void unpark(const Entry& entry);
  void insert(Delivery delivery);
  std::vector<Delivery> take_along(const Delivery& opening);
  Delivery close(Entries::iterator it, DeliveryState state, std::string_view error, Time now);
  void notice_clock(Time now);
  void claim_sends(Lane& lane, Time now, Claim& claim);
  void claim_looks(Lane& lane, Claim& claim, Time now);
  void land(const std::string& delivery, Job::What what);

  Delivery said(Entries::iterator it, const std::string& id, const std::string& url, Time now);
  Delivery send_ended(Entries::iterator it, const Outcome& outcome, Time now);
  Delivery look_ended(Entries::iterator it, const Outcome& outcome, Time now);
  Delivery postponed(Entries::iterator it, const Outcome& outcome, Time now);
  Delivery doubted(Entries::iterator it, const Outcome& outcome, Time now);
  Delivery not_found(Entries::iterator it, Time now);
  Delivery look_failed(Entries::iterator it, const Outcome& outcome, Time now);
  Duration rest(Lane& there, const std::string& account, const Outcome& outcome, Time now);
  bool expired(const Delivery& delivery, Time now) const;
  void remember(const Delivery& sent);

  Mediator& mediator_;
  Habits habits_;
  SentAs sent_as_;
  Entries open_;                                                      // by delivery id
  std::map<std::string, Lane, std::less<>> lanes_;                    // by account
  std::set<Pair> announcements_;                                      // announcement and delivery
  std::map<std::pair<std::string, Job::What>, std::string> flights_;  // job's delivery: account
  std::set<Pair> recent_;          // account and remote id of what this process settled
  std::deque<Pair> recent_order_;  // oldest first
  std::uint64_t order_ = 0;
  Time last_now_{};
};

}  // namespace signalbox::outbox
