#include "app/core/loop.h"

#include <algorithm>
#include <utility>

#include "base/log.h"

namespace signalbox::app {

namespace {

constexpr Duration kDrainFor{5};         // one transaction takes in what comes within this long
constexpr std::size_t kDrainMost = 200;  // … and at most so many messages
constexpr Duration kRetryAfter{500};     // while the store does not answer
constexpr int kLastTries = 5;            // at stop

}  // namespace

CoreLoop::CoreLoop(Core& core, const Clock& clock, std::function<void()> after_turn)
    : core_(core), clock_(clock), after_turn_(std::move(after_turn)), thread_([this] { run(); }) {}

CoreLoop::~CoreLoop() { stop(); }

bool CoreLoop::post(Message message) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= kMostWaiting) return false;
    queue_.push_back(std::move(message));
  }
  wake_.notify_one();
  return true;
}

void CoreLoop::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

std::size_t CoreLoop::waiting() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

std::string CoreLoop::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

void CoreLoop::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_ || !queue_.empty()) {
    const Duration pause =
        core_.busy() ? kRetryAfter : std::max(core_.next_wake() - clock_.now(), Duration(0));
    const auto ready = [this] { return stopping_ || (!core_.busy() && !queue_.empty()); };
    wake_.wait_for(lock, std::min<Duration>(pause, std::chrono::seconds(1)), ready);
    turn(lock);
    if (stopping_ && core_.busy()) break;
  }
  lock.unlock();
  for (int tries = 0; core_.busy() && tries < kLastTries; ++tries) core_.commit();
  if (const Status kept = core_.keep_checkpoint(); !kept) log::warning(kept.error().what);
}

void CoreLoop::turn(std::unique_lock<std::mutex>& lock) {
  const SteadyTime until = clock_.steady() + kDrainFor;
  for (std::size_t taken = 0; !core_.busy() && !queue_.empty() && taken < kDrainMost; ++taken) {
    const Message message = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    message(core_);
    lock.lock();
    if (clock_.steady() >= until) break;
  }
  lock.unlock();
  core_.tick();
  core_.commit();
  after_turn_();
  lock.lock();
  trouble_ = core_.trouble();
}

}  // namespace signalbox::app
