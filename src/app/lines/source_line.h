// One source's conversation: polls it and hands its readings to the core.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "app/core/loop.h"
#include "connectors/connector.h"
#include "net/http.h"

namespace signalbox::app {

/// One source. Lives on the net thread; held by shared_ptr like AccountLine.
class SourceLine : public std::enable_shared_from_this<SourceLine> {
 public:
  struct World {
    CoreLoop& loop;
    std::function<std::uint64_t()> random;
  };
  SourceLine(std::string id, std::string cursor_of, Duration every,
             std::unique_ptr<connectors::Meter> meter, World world);

  /// One poll. Gives how long to wait when it failed; nullopt when all is well.
  connectors::Task<std::optional<Duration>> turn();
  void stop() { stopped_ = true; }

 private:
  connectors::Task<Status> poll();
  connectors::Task<Status> recall_cursor();
  connectors::Task<Status> hand_in(connectors::Measured measured);
  std::optional<Duration> wait_after(const Status& status);

  std::string id_;
  std::string cursor_of_;
  Duration every_;
  std::unique_ptr<connectors::Meter> meter_;
  World world_;
  std::string cursor_;
  bool resumed_ = false;
  int failures_ = 0;
  std::atomic<bool> stopped_ = false;
};

}  // namespace signalbox::app
