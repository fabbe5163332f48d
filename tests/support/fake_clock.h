// A clock that stands still until a test moves it, and a pause that moves it instead of waiting.
#pragma once

#include <atomic>

#include "base/time.h"
#include "net/http.h"

namespace signalbox::testing {

/// Starts at 2026-11-21T04:00:00Z. Thread-safe.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Time start = Time(std::chrono::seconds(1795233600)))
      : now_(start.time_since_epoch().count()) {}
  Time now() const override { return Time(Duration(now_.load())); }
  SteadyTime steady() const override { return SteadyTime(Duration(steady_.load())); }

  /// Time goes by on both clocks.
  void advance(Duration length) {
    now_ += length.count();
    steady_ += length.count();
  }
  /// The wall clock is set, forwards or backwards; the monotonic one goes on.
  void set(Time now) { now_ = now.time_since_epoch().count(); }

 private:
  std::atomic<Duration::rep> now_;
  std::atomic<Duration::rep> steady_ = 1'000'000;
};

/// Every wait is over at once, its length later.
class FakePause final : public net::Pause {
 public:
  explicit FakePause(FakeClock& clock) : clock_(clock) {}  ///< `clock` outlives it
  boost::asio::awaitable<void> wait(Duration length) override {
    clock_.advance(length);
    waited_ += length;
    co_return;
  }
  /// All waits together.
  Duration waited() const { return waited_; }

 private:
  FakeClock& clock_;
  Duration waited_{};
};

}  // namespace signalbox::testing
