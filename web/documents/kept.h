// The documents of one publication that somebody asked for: each made once, and kept within a bound
// of bytes.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "web/publisher.h"

namespace signalbox::web {

/// How long a document is worth keeping.
enum class Keeping {
  passing,  ///< not at all: there is none, or a better one comes in a moment
  bounded,  ///< until others have taken its room
  always    ///< as long as the publication: few are, and all readers want them
};

/// Thread-safe.
class Kept {
 public:
  struct Made {
    DocumentPtr document;
    Keeping keeping = Keeping::passing;
  };
  using Make = std::function<Made()>;

  /// `most`: bytes of those that are kept within a bound; the first made go first.
  explicit Kept(std::size_t most) : most_(most) {}

  /// The document at `path`; made by the first who asks, while others who ask for it wait, and
  /// nobody else does. Null when there is none.
  DocumentPtr at(const std::string& path, const Make& make);
  /// Forgets all of them.
  void clear();
  /// Those that are made, by path.
  std::unordered_map<std::string, DocumentPtr> all() const;
  /// What those within the bound weigh together.
  std::size_t bytes() const;

 private:
  struct Slot {
    std::once_flag once;
    DocumentPtr document;   // null: not yet made, or there is none
    std::size_t bytes = 0;  // counted for it
  };

  std::shared_ptr<Slot> slot_at(const std::string& path);
  void settle(const std::string& path, const std::shared_ptr<Slot>& slot, Made made);
  void make_room();

  const std::size_t most_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::shared_ptr<Slot>> slots_;
  std::deque<std::string> order_;  // of those within the bound, the first made first
  std::size_t bytes_ = 0;
};

}  // namespace signalbox::web
