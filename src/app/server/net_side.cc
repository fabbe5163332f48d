#include "app/server/net_side.h"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "app/lines/first_turns.h"
#include "base/log.h"

namespace signalbox::app {

namespace asio = boost::asio;

namespace {

constexpr Duration kBeatEvery = std::chrono::minutes(1);

/// Checks in flight: never more than one of each, and never so many that the public plane, the
/// store and the other client lack descriptors.
constexpr std::size_t kMostChecks = 16'384;
constexpr int kCheckLookups = 64;

net::ClientSettings for_checks(std::size_t descriptors) {
  net::ClientSettings settings;
  settings.in_flight = static_cast<int>(std::min(kMostChecks, descriptors / 2));
  settings.per_host = std::max(1, settings.in_flight / 2);
  settings.lookups = kCheckLookups;
  settings.kept = settings.in_flight;
  return settings;
}

// A conversation ends by returning; an exception that escapes one is a broken promise of ours, told
// and survived.
void note_end(const std::exception_ptr& thrown) {
  if (!thrown) return;
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& e) {
    log::error(std::string("a conversation ended: ") + e.what());
  }
}

}  // namespace

NetSide::NetSide(const Clock& clock, std::size_t descriptors)
    : clock_(clock),
      work_(asio::make_work_guard(io_)),
      http_(net::make_client(io_, {})),
      check_http_(net::make_client(io_, for_checks(descriptors))),
      pause_(net::make_pause(io_)),
      random_(std::random_device{}()) {}

NetSide::~NetSide() { stop(); }

void NetSide::start(CoreLoop& loop, Setup setup) {
  loop_ = &loop;
  basket_ = std::make_shared<Basket>(io_, loop);
  for (const AccountWork& account : setup.accounts) start_account(account);
  for (const SourceWork& source : setup.sources) start_source(source);
  const std::vector<SteadyTime> turns = first_turns(setup.checks, clock_);
  for (std::size_t i = 0; i < turns.size(); ++i) start_check(setup.checks[i], turns[i]);
  thread_ = std::thread([this] { io_.run(); });
}

void NetSide::start_account(const AccountWork& ready) {
  const LineWorld world{*loop_, *pause_, clock_, limits_, [this] { return random_(); }};
  auto line = std::make_shared<AccountLine>(
      ready.setup.id, ready.cursor_of, ready.poll,
      ready.kind->make(ready.setup, {*http_, *pause_, clock_}), world);
  Running& running = lines_["account " + ready.setup.id];
  running = {ready.fingerprint, line, nullptr, nullptr, nullptr};
  start_poller(running, {ready.poll, [line] { return line->turn(); }, nullptr, true});
}

void NetSide::start_source(const SourceWork& ready) {
  auto line = std::make_shared<SourceLine>(ready.setup.id, ready.cursor_of, ready.setup.every,
                                           ready.kind->make(ready.setup, {*http_, *pause_, clock_}),
                                           SourceLine::World{*loop_, [this] { return random_(); }});
  Running& running = lines_["source " + ready.setup.id];
  running = {ready.fingerprint, nullptr, line, nullptr, nullptr};
  start_poller(running, {ready.setup.every, [line] { return line->turn(); }, nullptr, true});
}

void NetSide::start_check(const SourceWork& ready, SteadyTime first) {
  auto line = std::make_shared<CheckLine>(
      ready.setup.id, ready.kind->make(ready.setup, {*check_http_, *pause_, clock_}),
      CheckLine::World{*basket_, [this] { return random_(); }});
  Running& running = lines_["check " + ready.setup.id];
  running = {ready.fingerprint, nullptr, nullptr, line, nullptr};
  start_poller(running,
               {ready.setup.every, [line] { return line->turn(); }, nullptr, false, first});
}

// Sources and accounts are asked at once, so that a restart is soon up to date; each check has its
// place in its interval.
void NetSide::start_poller(Running& running, schedule::Polling polling) {
  polling.random = [this] { return random_(); };
  running.poller = std::make_unique<schedule::Poller>(io_, clock_, std::move(polling));
  running.poller->start();
}

bool NetSide::keep(std::map<std::string, Running>& before, const std::string& key,
                   std::uint64_t fingerprint) {
  const auto known = before.find(key);
  if (known == before.end() || known->second.fingerprint != fingerprint) return false;
  lines_.insert(before.extract(known));
  return true;
}

void NetSide::adopt(Setup setup) {
  asio::post(io_, [this, setup = std::move(setup)] {
    std::map<std::string, Running> before;
    before.swap(lines_);
    for (const AccountWork& account : setup.accounts) {
      if (!keep(before, "account " + account.setup.id, account.fingerprint)) start_account(account);
    }
    for (const SourceWork& source : setup.sources) {
      if (!keep(before, "source " + source.setup.id, source.fingerprint)) start_source(source);
    }
    const std::vector<SteadyTime> turns = first_turns(setup.checks, clock_);
    for (std::size_t i = 0; i < turns.size(); ++i) {
      const SourceWork& check = setup.checks[i];
      if (!keep(before, "check " + check.setup.id, check.fingerprint)) start_check(check, turns[i]);
    }
    for (const auto& [key, gone] : before) {
      if (gone.account) gone.account->stop();
      if (gone.source) gone.source->stop();
      if (gone.check) gone.check->stop();
    }
  });
}

void NetSide::hand_out(const outbox::Job& job) {
  asio::post(io_, [this, job] {
    const auto found = lines_.find("account " + job.delivery.account);
    if (found == lines_.end()) {
      const outbox::Outcome outcome = outbox::failed(
          job, invalid("there is no account '" + job.delivery.account + "' any more"), true);
      loop_->post([outcome](Core& core) { core.settle(outcome); });
      return;
    }
    asio::co_spawn(
        io_, [line = found->second.account, job] { return line->work_off(job); }, note_end);
  });
}

void NetSide::beat(std::string url, std::function<bool()> alive) {
  if (url.empty()) return;
  asio::co_spawn(io_, beat_on(std::move(url), std::move(alive)), note_end);
}

connectors::Task<void> NetSide::beat_on(std::string url, std::function<bool()> alive) {
  for (;;) {
    if (alive()) {
      net::Request request;
      request.url = url;
      const auto answer = co_await http_->send(std::move(request));
      if (!answer) log::info("heartbeat: " + answer.error().what);
    }
    co_await pause_->wait(kBeatEvery);
  }
}

void NetSide::stop() {
  work_.reset();
  io_.stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace signalbox::app
