// The durable queue of deliveries: claimed, sent, recorded. What may have gone out is never blindly repeated.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/delivery.h"
#include "model/post.h"
#include "store/store.h"

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

/// How retries are spaced.
struct Habits {
  Duration first_retry{std::chrono::seconds(1)};
  Duration longest_retry{std::chrono::minutes(5)};
  std::vector<Duration> looks{std::chrono::seconds(5), std::chrono::seconds(30)};  ///< after the send, while in doubt
  Duration give_up_after{std::chrono::hours(72)};
  int at_once_per_account = 1;   ///< sends in flight on one account
};

/// What the courier is to do with a delivery now.
struct Job {
  enum class What { send, look };
  What what = What::send;
  Delivery delivery;
};

/// How a job ended.
struct Outcome {
  std::string delivery;
  Job::What what = Job::What::send;
  enum class End {
    said,        ///< it is out (or was found), with `id`
    not_found,   ///< the timeline was read and it is not there
    refused,     ///< certainly not out, and never will be: `error`
    later,       ///< certainly not out; try again, not before `retry_after`
    in_doubt,    ///< it may be out
  };
  End end = End::in_doubt;
  std::string id;
  std::string url;
  std::string error;
  std::optional<Duration> retry_after;
};

/// Owned by the core thread. It holds open deliveries in memory and says which rows a change must keep: the caller puts
/// them into the batch it commits, then calls committed(). Nothing is handed to a courier before it is durable.
class Outbox {
 public:
  Outbox(Mediator& mediator, Habits habits);  ///< `mediator` outlives it

  /// Takes over what the store holds. A delivery found `sending` is in doubt from here on.
  std::vector<Delivery> resume(std::vector<Delivery> open, Time now);
  /// Adds deliveries (the caller keeps them in the batch that causes them). Known ids change nothing.
  void add(std::vector<Delivery> deliveries);
  /// Claims what is due: the rows to keep, and the jobs to hand out once they are kept. Order per account is kept among
  /// equals; one in doubt holds up nobody.
  struct Claim {
    std::vector<Delivery> rows;
    std::vector<Job> jobs;
  };
  Claim claim(Time now);
  /// Gives back what claim() took, when keeping its rows failed.
  void unclaim(const Claim& claim);
  /// Records how a job ended; the row to keep. Nullopt for a delivery that is unknown or settled already.
  std::optional<Delivery> settle(const Outcome& outcome, Time now);
  /// Whether a post read on an account is ours: its id is recorded, or its text equals a delivery that is sending or in
  /// doubt there. In the second case that delivery is settled: its row to keep.
  struct Recognised {
    bool ours = false;
    std::optional<Delivery> row;
  };
  Recognised recognise(const Post& post, Time now);
  /// Remote ids of deliveries settled earlier (kept by the store), asked once a post.
  using SentAs = std::function<bool(std::string_view account, std::string_view remote_id)>;
  void on_sent_as(SentAs ask);
  /// Cancels what is not yet out: all of an announcement, or all of an account. The rows to keep; `sent` counts those
  /// that are out already.
  struct Cancelled {
    std::vector<Delivery> rows;
    std::vector<Delivery> sent;
  };
  Cancelled cancel_announcement(std::string_view announcement, Time now);
  std::vector<Delivery> cancel_account(std::string_view account, std::string_view why, Time now);
  /// Deliveries of an account older than `age` that tell news and are still waiting: what a digest replaces after an
  /// absence. Their rows, cancelled.
  std::vector<Delivery> cancel_stale_news(std::string_view account, Duration age, Time now);

  std::optional<Time> next_due() const;
  std::size_t waiting() const;
  std::vector<Delivery> open() const;

 private:
  Mediator& mediator_;
  Habits habits_;
  SentAs sent_as_;
  std::map<std::string, Delivery> open_;
};

}  // namespace signalbox::outbox
