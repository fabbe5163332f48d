#include "app/server/net_side.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "base/log.h"

namespace signalbox::app {

namespace asio = boost::asio;

namespace {

constexpr Duration kBeatEvery = std::chrono::minutes(1);

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

NetSide::NetSide(const Clock& clock)
    : clock_(clock),
      work_(asio::make_work_guard(io_)),
      http_(net::make_client(io_, {})),
      pause_(net::make_pause(io_)),
      random_(std::random_device{}()) {}

NetSide::~NetSide() { stop(); }

void NetSide::start(CoreLoop& loop, Setup setup) {
  loop_ = &loop;
  for (const AccountWork& account : setup.accounts) start_account(account);
  for (const SourceWork& source : setup.sources) start_source(source, true);
  for (const SourceWork& check : setup.checks) start_source(check, false);
  thread_ = std::thread([this] { io_.run(); });
}

void NetSide::start_account(const AccountWork& ready) {
  const LineWorld world{*loop_, *pause_, clock_, limits_, [this] { return random_(); }};
  auto line = std::make_shared<AccountLine>(
      ready.setup.id, ready.cursor_of, ready.poll,
      ready.kind->make(ready.setup, {*http_, *pause_, clock_}), world);
  Running& running = lines_["account " + ready.setup.id];
  running = {ready.fingerprint, line, nullptr, nullptr};
  running.poller = poller(ready.poll, true, [line] { return line->turn(); });
}

void NetSide::start_source(const SourceWork& ready, bool at_once) {
  auto line = std::make_shared<SourceLine>(ready.setup.id, ready.cursor_of, ready.setup.every,
                                           ready.kind->make(ready.setup, {*http_, *pause_, clock_}),
                                           SourceLine::World{*loop_, [this] { return random_(); }});
  Running& running = lines_["source " + ready.setup.id];
  running = {ready.fingerprint, nullptr, line, nullptr};
  running.poller = poller(ready.setup.every, at_once, [line] { return line->turn(); });
}

// Sources and accounts are asked at once, so that a restart is soon up to date; checks spread over
// their interval.
std::unique_ptr<schedule::Poller> NetSide::poller(
    Duration every, bool at_once, std::function<connectors::Task<std::optional<Duration>>()> turn) {
  auto made = std::make_unique<schedule::Poller>(
      io_, clock_,
      schedule::Polling{every, std::move(turn), [this] { return random_(); }, at_once});
  made->start();
  return made;
}

void NetSide::adopt(Setup setup) {
  asio::post(io_, [this, setup = std::move(setup)] {
    std::map<std::string, Running> before;
    before.swap(lines_);
    const auto keep = [&](const std::string& key, std::uint64_t fingerprint) {
      const auto known = before.find(key);
      if (known == before.end() || known->second.fingerprint != fingerprint) return false;
      lines_.insert(before.extract(known));
      return true;
    };
    for (const AccountWork& account : setup.accounts) {
      if (!keep("account " + account.setup.id, account.fingerprint)) start_account(account);
    }
    const auto adopt_source = [&](const SourceWork& source, bool at_once) {
      if (!keep("source " + source.setup.id, source.fingerprint)) start_source(source, at_once);
    };
    for (const SourceWork& source : setup.sources) adopt_source(source, true);
    for (const SourceWork& check : setup.checks) adopt_source(check, false);
    for (const auto& [key, gone] : before) {
      if (gone.account) gone.account->stop();
      if (gone.source) gone.source->stop();
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
