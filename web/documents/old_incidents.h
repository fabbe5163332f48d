// Incidents that left the snapshot, looked up in the archive.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "web/documents/lookups.h"

namespace signalbox::web {

/// Shared by the sites that follow each other. Thread-safe.
class OldIncidents {
 public:
  /// Of those that are known; the oldest answers go first.
  static constexpr std::size_t kMostBytes = std::size_t{8} * 1024 * 1024;

  explicit OldIncidents(std::shared_ptr<Lookups> lookups);

  /// The incident when it is known already; else it is asked for, unless too many are. `now` tells
  /// which of the answers are the oldest.
  std::optional<Incident> find(std::string_view id, Time now);
  /// What was not there is asked for again: it may have left the snapshot since.
  void forget_misses();
  /// Whether `id` is being looked up, or has to be asked for once more.
  bool pending(std::string_view id) const;

 private:
  Answers<std::optional<Incident>> answers_;  // none: there is none
};

}  // namespace signalbox::web
