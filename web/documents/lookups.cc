#include "web/documents/lookups.h"

namespace signalbox::web {

Lookups::Lookups(Archive& archive) : archive_(archive), thread_([this] { work(); }) {}

Lookups::~Lookups() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

bool Lookups::ask(Lane lane, Question question) {
  {
    const std::lock_guard lock(mutex_);
    Waiting& waiting = waiting_.at(static_cast<std::size_t>(lane));
    if (waiting.size() >= kMostWaiting) return false;
    waiting.push_back(std::move(question));
  }
  wake_.notify_one();
  return true;
}

/// The first behind the one last served in which somebody waits; null when nobody does.
Lookups::Waiting* Lookups::next_lane() {
  for (std::size_t i = 1; i <= waiting_.size(); ++i) {
    const std::size_t lane = (served_ + i) % waiting_.size();
    if (waiting_.at(lane).empty()) continue;
    served_ = lane;
    return &waiting_.at(lane);
  }
  return nullptr;
}

void Lookups::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    Waiting* lane = nullptr;
    wake_.wait(lock, [&] { return over_ || (lane = next_lane()) != nullptr; });
    if (over_) return;
    const Question question = std::move(lane->front());
    lane->pop_front();
    lock.unlock();
    question(archive_);
    lock.lock();
  }
}

}  // namespace signalbox::web
