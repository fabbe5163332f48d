// Asks one target again and again: an account for its posts, a source for its readings.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "base/time.h"

namespace boost::asio {
class io_context;
}

namespace signalbox::schedule {

/// What a poller is made of. The functions are called on the io_context's thread only.
struct Polling {
  Duration every{std::chrono::seconds(60)};
  /// One turn. Gives how long to wait when it failed (a backoff, a Retry-After); nullopt when all
  /// is well. It may ask on (many pages) as long as it likes: turns never overlap. It must not
  /// throw.
  std::function<boost::asio::awaitable<std::optional<Duration>>()> turn;
  /// Random bits for jitter, from a generator with a seed in tests.
  std::function<std::uint64_t()> random;
  /// Ask at once at start, instead of somewhere within the first interval.
  bool at_once = false;
  /// One of many: turns come at this moment and an interval apart (first_beat(), rhythm.h), on
  /// whole steps, with no jitter; `at_once` and a failed turn's wait are as ever.
  std::optional<SteadyTime> beat = {};
};

/// One target's poller. Everything here is called on the thread of `io`; `io` and `clock` outlive
/// it and its last turn.
class Poller {
 public:
  Poller(boost::asio::io_context& io, const Clock& clock, Polling polling);
  /// As stop(). A turn in progress is not cut off; it is the last.
  ~Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  /// Begins. Call once.
  void start();
  /// The next turn is now; when one is in progress, another follows it at once. A wait that a
  /// failed turn asked for is kept: a hook must not hammer a server that said 429.
  void wake();
  /// No further turn begins.
  void stop();
  /// Whether a turn is in progress.
  bool busy() const;

 private:
  struct Loop;
  std::shared_ptr<Loop> loop_;
};

}  // namespace signalbox::schedule
