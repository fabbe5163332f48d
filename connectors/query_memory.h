// What a source that asks by query remembers between polls, a service each: its cursor.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "connectors/measuring.h"

namespace signalbox::connectors {

/// About one service.
struct QueryMemory {
  std::optional<Time> at;  ///< the newest instant asked for and answered
  bool part_seen = false;  ///< good (or bad) had a value once
  std::set<Time> open;     ///< instants up to `at` that have no reading yet, but may get one
  std::map<Time, Judged::Counts> told;  ///< the newest readings given: a later answer corrects them
  std::string own;                      ///< what the kind of source itself keeps

  /// Drops what is older than `oldest` (readings told: than `told_since`), or of a future that a
  /// set clock took back.
  void forget(Time oldest, Time told_since, Time newest);
};
using QueryMemories = std::map<std::string, QueryMemory>;

/// The cursor's text and back. Services that are not asked about any more are kept: a reload that
/// takes one out by mistake loses nothing. What is no cursor of ours reads as nothing remembered.
std::string write_query_memories(const QueryMemories& memories);
QueryMemories read_query_memories(std::string_view cursor);

}  // namespace signalbox::connectors
