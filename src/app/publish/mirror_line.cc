#include "app/publish/mirror_line.h"

#include <sys/resource.h>
#include <unistd.h>

#include <utility>

#include "base/log.h"
#include "net/backoff.h"

namespace signalbox::app {
namespace {

/// Below whatever answers a reader or the core.
constexpr int kNice = 10;

}  // namespace

MirrorLine::MirrorLine(std::unique_ptr<publish::Mirror> mirror, Duration every,
                       ContentOf content_of, World world)
    : mirror_(std::move(mirror)),
      mirroring_(*mirror_, every, std::move(content_of), world.clock),
      world_(std::move(world)),
      thread_([this] { run(); }) {}

MirrorLine::~MirrorLine() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  mirror_->stop();
  wake_.notify_one();
  thread_.join();
}

void MirrorLine::show(SnapshotPtr snapshot) {
  {
    const std::lock_guard lock(mutex_);
    newest_ = std::move(snapshot);
  }
  wake_.notify_one();
}

MirrorFigures MirrorLine::figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

// While all is well a newer snapshot ends the wait; after a failure the wait is kept.
void MirrorLine::run() {
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNice);
  SnapshotPtr seen;
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return stopping_ || newest_; });
  while (!stopping_) {
    seen = newest_;
    lock.unlock();
    const Duration wait = step(seen);
    lock.lock();
    figures_.carried = mirroring_.carried();
    figures_.as_of = mirroring_.as_of();
    if (wait == Duration{}) continue;
    wake_.wait_for(lock, wait, [&] { return stopping_ || (failures_ == 0 && newest_ != seen); });
  }
}

Duration MirrorLine::step(const SnapshotPtr& newest) {
  const auto wait = mirroring_.step(newest);
  if (!wait) return note(wait.error());
  failures_ = 0;
  if (std::exchange(told_, false)) world_.tell("");
  return *wait;
}

Duration MirrorLine::note(const Error& error) {
  {
    const std::lock_guard lock(mutex_);
    ++figures_.failures;
    if (stopping_) return std::chrono::seconds(1);
  }
  ++failures_;
  const bool ours_to_mend =
      error.code == Error::Code::unauthorized || error.code == Error::Code::invalid;
  if (failures_ == kTold) mirroring_.doubt();
  if (!told_ && (ours_to_mend || failures_ >= kTold)) {
    told_ = true;
    world_.tell(error.what);
  } else {
    log::info("mirror: " + error.what);
  }
  return net::backoff(failures_, error, world_.random());
}

}  // namespace signalbox::app
