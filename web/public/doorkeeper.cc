#include "web/public/doorkeeper.h"

#include <utility>

#include "web/public/pass.h"

namespace signalbox::web {

Doorkeeper::~Doorkeeper() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

std::optional<Welcome> Doorkeeper::turned_away(Caller& caller) {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= kMostWaiting) return Welcome{Welcome::Kind::busy};
  const auto wait = knocks_.knock(caller.page.slug, caller.address, clock_.steady());
  if (wait) return Welcome{Welcome::Kind::too_often, *wait};
  waiting_.push_back(std::move(caller));
  if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
  wake_.notify_one();
  return std::nullopt;
}

void Doorkeeper::ask(const PagePart& page, std::string password, std::string address, Reply reply) {
  Caller caller{page, std::move(password), std::move(address), std::move(reply)};
  if (const auto welcome = turned_away(caller)) caller.reply(*welcome);
}

void Doorkeeper::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return over_ || !waiting_.empty(); });
    if (over_) return;
    const Caller caller = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    const bool fits = password_fits(caller.page.lock.digest, caller.password);
    lock.lock();
    if (fits) knocks_.forgive(caller.page.slug, caller.address);
    lock.unlock();
    caller.reply({fits ? Welcome::Kind::in : Welcome::Kind::wrong});
    lock.lock();
  }
}

}  // namespace signalbox::web
