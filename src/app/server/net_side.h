// The net thread: every account's and source's conversation over one outbound client, and every
// check's over another, so that hanging targets never make a post or a delivery wait.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>

#include "app/lines/account_line.h"
#include "app/lines/check_line.h"
#include "app/lines/source_line.h"
#include "app/setup.h"
#include "net/client.h"
#include "schedule/poller.h"

namespace signalbox::app {

/// Owns the lines. start(), adopt() and stop() from the main thread; hand_out() from any.
class NetSide {
 public:
  /// `descriptors`: how many files and sockets the process may have open; checks take at most half.
  NetSide(const Clock& clock, std::size_t descriptors);
  ~NetSide();

  /// Starts the thread; lines talk to `loop`, which outlives stop().
  void start(CoreLoop& loop, Setup setup);
  /// Takes over another configuration's setup: unchanged lines go on, others are stopped, new ones
  /// started.
  void adopt(Setup setup);
  /// `url` is asked every minute while `alive` says that core and outbox make progress. Empty:
  /// nothing is.
  void beat(std::string url, std::function<bool()> alive);
  /// Works off a delivery on its account's line; one without a line is refused for good.
  void hand_out(const outbox::Job& job);
  /// How long posts may be on an account.
  Limits limits(const std::string& account) const { return limits_.limits(account); }
  void stop();

 private:
  struct Running {
    std::uint64_t fingerprint = 0;
    std::shared_ptr<AccountLine> account;
    std::shared_ptr<SourceLine> source;
    std::shared_ptr<CheckLine> check;
    std::unique_ptr<schedule::Poller> poller;
  };
  using Turn = std::function<connectors::Task<std::optional<Duration>>()>;

  void start_account(const AccountWork& ready);
  void start_source(const SourceWork& ready);
  void start_check(const SourceWork& ready, SteadyTime first);
  bool keep(std::map<std::string, Running>& before, const std::string& key,
            std::uint64_t fingerprint);
  void start_poller(Running& running, schedule::Polling polling);
  connectors::Task<void> beat_on(std::string url, std::function<bool()> alive);

  const Clock& clock_;
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::unique_ptr<net::Http> http_;
  std::unique_ptr<net::Http> check_http_;
  std::unique_ptr<net::Pause> pause_;
  LimitsBook limits_;
  std::mt19937_64 random_;
  CoreLoop* loop_ = nullptr;
  std::shared_ptr<Basket> basket_;
  std::map<std::string, Running>
      lines_;  // "account ID", "source ID", "check ID"; net thread once started
  std::thread thread_;
};

}  // namespace signalbox::app
