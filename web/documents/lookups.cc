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

bool Lookups::ask(Question question) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= kMostWaiting) return false;
    waiting_.push_back(std::move(question));
  }
  wake_.notify_one();
  return true;
}

void Lookups::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return over_ || !waiting_.empty(); });
    if (over_) return;
    const Question question = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    question(archive_);
    lock.lock();
  }
}

}  // namespace signalbox::web
