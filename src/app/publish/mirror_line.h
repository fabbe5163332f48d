// A mirror's own thread: so that one that hangs holds up neither the page nor another mirror.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/publish/mirroring.h"

namespace signalbox::app {

/// What is told of a mirror, from any thread.
struct MirrorFigures {
  publish::Carried carried;
  std::uint64_t failures = 0;
  std::optional<Time> as_of;  ///< as of when it is; none before it was whole since the start
};

/// Runs from its making until it goes. Its thread yields to every other of the program.
class MirrorLine {
 public:
  struct World {
    const Clock& clock;
    std::function<std::uint64_t()> random;  ///< for jitter; called on the line's thread
    /// Trouble of the mirror for staff, "" once it is over. Any thread.
    std::function<void(const std::string& what)> tell;
  };

  MirrorLine(std::unique_ptr<publish::Mirror> mirror, Duration every, ContentOf content_of,
             World world);
  ~MirrorLine();

  /// A newer snapshot; one not yet begun is passed over. Any thread.
  void show(SnapshotPtr snapshot);
  MirrorFigures figures() const;

  /// Failures in a row after which staff is told; at once where staff must act.
  static constexpr int kTold = 3;

 private:
  void run();
  Duration step(const SnapshotPtr& newest);
  Duration note(const Error& error);

  std::unique_ptr<publish::Mirror> mirror_;
  Mirroring mirroring_;
  World world_;
  int failures_ = 0;   // in a row
  bool told_ = false;  // staff knows
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  SnapshotPtr newest_;
  MirrorFigures figures_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace signalbox::app
