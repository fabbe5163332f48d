// All mirrors: each with a thread of its own, each shown every snapshot.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/core/loop.h"
#include "app/publish/mirror_line.h"
#include "app/server/archive.h"
#include "config/config.h"

namespace signalbox::app {

/// start(), adopt() and stop() from the main thread; show() and figures() from any.
class Publishing {
 public:
  /// What it is given outlives it; `store` is the store's address, which pages' histories are read
  /// from.
  Publishing(const Clock& clock, const board::Board& board, std::string store,
             std::string state_dir);
  ~Publishing();

  /// Trouble is told to staff by `loop`, which outlives stop().
  void start(CoreLoop& loop, const std::vector<config::MirrorEntry>& mirrors);
  /// Mirrors of another configuration: unchanged ones go on.
  void adopt(const std::vector<config::MirrorEntry>& mirrors);
  void show(const SnapshotPtr& snapshot);
  /// For /metrics: sums over all mirrors, and the age of the oldest; none without mirrors.
  std::map<std::string, double> figures() const;
  void stop();

 private:
  struct Running;

  std::unique_ptr<Running> made(const config::MirrorEntry& entry) const;

  const Clock& clock_;
  const board::Board& board_;
  std::string store_;
  std::string state_dir_;
  CoreLoop* loop_ = nullptr;
  mutable std::mutex mutex_;
  SnapshotPtr newest_;
  std::map<std::string, std::unique_ptr<Running>> running_;  // by id
};

}  // namespace signalbox::app
