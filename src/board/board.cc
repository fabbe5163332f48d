#include "board/board.h"

#include <utility>

namespace signalbox::board {

SnapshotPtr Board::publish(Snapshot next) {
  SnapshotPtr published;
  SnapshotPtr before;
  {
    const std::lock_guard lock(mutex_);
    next.generation = ++generation_;
    published = std::make_shared<const Snapshot>(std::move(next));
    before = std::exchange(newest_, published);
  }
  for (const Listener& listener : listeners_) listener(published);
  return before;
}

SnapshotPtr Board::newest() const {
  const std::lock_guard lock(mutex_);
  return newest_;
}

void Board::listen(Listener listener) { listeners_.push_back(std::move(listener)); }

}  // namespace signalbox::board
