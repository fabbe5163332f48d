// Answers that cannot be made beforehand: figures of any stretch of time, and reports of a month.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "web/documents/lookups.h"
#include "web/documents/pages.h"
#include "web/documents/told.h"

namespace signalbox::web {

/// Answers `/api/services/ID/availability.json` and `.csv` (with a query), and
/// `/api/services/ID/reports/2026-10.json` and `.csv`. Documents are made and compressed on the
/// thread of `lookups`, once a publication for all who ask the same (reports of a month that is
/// over once an hour); a web thread only looks them up. Shared by the sites that follow each other.
/// Thread-safe.
class Questions {
 public:
  /// Bytes of documents that are kept, compressed ones included; the oldest go first.
  static constexpr std::size_t kMostBytes = std::size_t{16} * 1024 * 1024;

  explicit Questions(std::shared_ptr<Lookups> lookups, std::size_t most_bytes = kMostBytes);

  Reply ask(const SnapshotPtr& snapshot, std::string_view path, std::string_view query,
            StaleSince stale_since, const Told& told = {});

 private:
  /// The newest snapshot somebody asked with, and what that page may tell.
  struct Shown {
    std::mutex mutex;
    SnapshotPtr snapshot;
    Told told;
  };
  std::shared_ptr<Shown> shown_;
  Answers<DocumentPtr> answers_;  // null: the archive cannot say
};

}  // namespace signalbox::web
