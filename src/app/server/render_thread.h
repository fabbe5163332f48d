// The render thread: newest snapshot wins, and its documents go to the public plane.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "model/snapshot.h"
#include "web/public/server.h"
#include "web/publisher.h"

namespace signalbox::app {

class RenderThread {
 public:
  /// `server` and `archive` (may be null) outlive it.
  RenderThread(web::PublicServer& server, web::Archive* archive);
  ~RenderThread();

  /// A newer snapshot; one not yet begun is passed over. Any thread.
  void show(SnapshotPtr snapshot);
  /// The site as last rendered; null before the first. Any thread.
  web::SitePtr site() const;
  /// The whole board as last rendered, whatever the main page shows of it; null before the first.
  /// Any thread.
  SnapshotPtr board() const;
  /// Waits until everything shown before the call is rendered.
  void settle();
  void stop();

 private:
  void run();

  web::PublicServer& server_;
  web::Archive* archive_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable idle_;
  SnapshotPtr next_;
  web::SitePtr site_;
  SnapshotPtr board_;
  bool busy_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace signalbox::app
