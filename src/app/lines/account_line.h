// One account's conversations: reads its posts, follows edits, deletions and replies, and says what
// it is given.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "app/core/loop.h"
#include "connectors/connector.h"
#include "net/http.h"

namespace signalbox::app {

/// How long posts may be on each account, as the networks tell. Thread-safe.
class LimitsBook {
 public:
  void note(const std::string& account, const Limits& limits);
  Limits limits(const std::string& account) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Limits> limits_;
};

/// What an account line works with; all of it outlives the line.
struct LineWorld {
  CoreLoop& loop;
  net::Pause& pause;
  const Clock& clock;
  LimitsBook& limits;
  std::function<std::uint64_t()> random;  ///< for jitter; net thread
};

/// One account. Lives on the net thread; held by shared_ptr, because a turn or a delivery
/// in progress outlasts a reload.
class AccountLine : public std::enable_shared_from_this<AccountLine> {
 public:
  /// `cursor_of` is the store's name for how far this account was read.
  AccountLine(std::string id, std::string cursor_of, Duration poll,
              std::unique_ptr<connectors::Network> network, LineWorld world);

  /// One turn of reading. Gives how long to wait when it failed; nullopt when all is well.
  connectors::Task<std::optional<Duration>> turn();
  /// Sends or looks for one delivery; the outcome goes to the core, also after stop().
  connectors::Task<void> work_off(outbox::Job job);
  /// Nothing read from here on reaches the core.
  void stop() { stopped_ = true; }

 private:
  connectors::Task<Status> read_on();
  connectors::Task<Status> look_again();
  connectors::Task<Status> hand_in(std::vector<Post> posts, std::optional<std::string> cursor,
                                   bool caught_up);
  connectors::Task<Status> recall_cursor();
  connectors::Task<Status> list_followed(std::shared_ptr<std::vector<PostRef>> into);
  std::optional<Duration> wait_after(const Status& status);

  std::string id_;
  std::string cursor_of_;
  Duration poll_;
  std::unique_ptr<connectors::Network> network_;
  LineWorld world_;
  std::string cursor_;
  bool resumed_ = false;
  Time looked_again_{};
  int failures_ = 0;
  std::atomic<bool> stopped_ = false;
};

/// What the end of a call means for its delivery.
outbox::Outcome outcome_of(const outbox::Job& job, const Result<connectors::Said>& said);
outbox::Outcome outcome_of(const outbox::Job& job,
                           const Result<std::optional<connectors::Said>>& found);

}  // namespace signalbox::app
