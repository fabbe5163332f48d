#include "app/server/render_thread.h"

#include <utility>

namespace signalbox::app {

RenderThread::RenderThread(web::PublicServer& server, web::Archive* archive)
    : server_(server), archive_(archive), thread_([this] { run(); }) {}

RenderThread::~RenderThread() { stop(); }

void RenderThread::show(SnapshotPtr snapshot) {
  {
    const std::lock_guard lock(mutex_);
    next_ = std::move(snapshot);
  }
  wake_.notify_one();
}

web::SitePtr RenderThread::site() const {
  const std::lock_guard lock(mutex_);
  return site_;
}

SnapshotPtr RenderThread::board() const {
  const std::lock_guard lock(mutex_);
  return board_;
}

void RenderThread::settle() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return stopping_ || (!next_ && !busy_); });
}

void RenderThread::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  idle_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void RenderThread::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || next_; });
    if (stopping_) return;
    const SnapshotPtr snapshot = std::exchange(next_, nullptr);
    const web::SitePtr before = site_;
    busy_ = true;
    lock.unlock();
    const web::SitePtr site = web::render(snapshot, before, archive_);
    server_.publish(
        site, before ? web::live_event(*before->snapshot(), *site->snapshot()) : std::string());
    lock.lock();
    site_ = site;
    board_ = snapshot;
    busy_ = false;
    idle_.notify_all();
  }
}

}  // namespace signalbox::app
