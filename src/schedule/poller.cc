#include "schedule/poller.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "schedule/rhythm.h"

namespace signalbox::schedule {

namespace asio = boost::asio;

/// Shared with the coroutine, which may have to end a turn after its poller is gone.
struct Poller::Loop {
  Loop(asio::io_context& io_context, const Clock& a_clock, Polling a_polling)
      : io(io_context), clock(a_clock), polling(std::move(a_polling)), timer(io_context) {}

  asio::io_context& io;
  const Clock& clock;
  Polling polling;
  asio::steady_timer timer;
  bool stopped = false;
  bool woken = false;
  bool busy = false;
  bool backing_off = false;
  SteadyTime due{};  // the last moment that the rhythm of a polling with a beat gave

  asio::awaitable<void> wait(Duration length) {
    if (woken && !backing_off) length = Duration::zero();
    if (polling.beat && length > Duration::zero()) {
      timer.expires_at(whole_step(clock.steady() + length));
    } else {
      timer.expires_after(length);
    }
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
  }

  asio::awaitable<Duration> turn() {
    woken = false;
    busy = true;
    const SteadyTime began = clock.steady();
    const std::optional<Duration> told = co_await polling.turn();
    busy = false;
    backing_off = told.has_value();
    co_return told ? *told : next(began);
  }

  Duration next(SteadyTime began) {
    const SteadyTime now = clock.steady();
    if (!polling.beat) return next_wait(polling.every, began, now, polling.random());
    due = next_beat(polling.every, due, now);
    return due - now;
  }

  Duration first() {
    Duration wait = Duration::zero();
    if (polling.beat) {
      due = *polling.beat;
      wait = std::max(due - clock.steady(), Duration::zero());
    } else if (!polling.at_once) {
      wait = first_wait(polling.every, polling.random());
    }
    return polling.at_once ? Duration::zero() : wait;
  }

  static asio::awaitable<void> run(std::shared_ptr<Loop> self) {
    Duration length = self->first();
    while (!self->stopped) {
      co_await self->wait(length);
      if (!self->stopped) length = co_await self->turn();
    }
  }
};

Poller::Poller(asio::io_context& io, const Clock& clock, Polling polling)
    : loop_(std::make_shared<Loop>(io, clock, std::move(polling))) {}

Poller::~Poller() { stop(); }

void Poller::start() { asio::co_spawn(loop_->io, Loop::run(loop_), asio::detached); }

void Poller::wake() {
  loop_->woken = true;
  if (!loop_->busy && !loop_->backing_off) loop_->timer.cancel();
}

void Poller::stop() {
  loop_->stopped = true;
  loop_->timer.cancel();
}

bool Poller::busy() const { return loop_->busy; }

}  // namespace signalbox::schedule
