// Threads that wait for the core, so many and no more, so that what is urgent finds its own free.
#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <functional>

#include "base/time.h"

namespace signalbox::web {

/// Thread-safe.
class StaffLane {
 public:
  explicit StaffLane(std::size_t threads) : pool_(threads) {}

  /// Runs `job` soon; or `too_late`, when no thread is free in time or too many wait already: all
  /// are answered within the time that one job may take.
  void take(std::function<void()> job, std::function<void()> too_late);
  /// Runs what was taken, and ends. Nothing may be taken after it.
  void join() { pool_.join(); }

 private:
  boost::asio::thread_pool pool_;
  std::atomic<int> waiting_{0};
};

}  // namespace signalbox::web
