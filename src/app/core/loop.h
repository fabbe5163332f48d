// The core's thread: a queue of messages in, one turn after another, nobody else touches the core.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "app/core/core.h"
#include "base/time.h"

namespace signalbox::app {

/// Runs a started core until stop(). post() from any thread.
class CoreLoop {
 public:
  using Message = std::function<void(Core&)>;

  /// `core` and `clock` outlive it; the core is started already. `after_turn` is called after each
  /// turn, on the core's thread: the sign of life.
  CoreLoop(Core& core, const Clock& clock, std::function<void()> after_turn);
  ~CoreLoop();

  /// Queues a message; false when so many wait that it is refused (kMostWaiting), or after stop().
  bool post(Message message);
  /// Lets the queue drain, keeps the checkpoint, ends the thread. Idempotent.
  void stop();

  /// Messages that wait.
  std::size_t waiting() const;
  /// Why nothing is durable at the moment, or "". Any thread.
  std::string trouble() const;

  static constexpr std::size_t kMostWaiting = 10'000;

 private:
  void run();
  void turn(std::unique_lock<std::mutex>& lock);

  Core& core_;
  const Clock& clock_;
  std::function<void()> after_turn_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Message> queue_;
  std::string trouble_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace signalbox::app
