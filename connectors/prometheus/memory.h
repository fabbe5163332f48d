// What a Prometheus source remembers between polls, a service each: its cursor.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "connectors/prometheus/counters.h"

namespace signalbox::connectors::prometheus {

/// About one service.
struct Memory {
  std::optional<Time> at;  ///< the last instant that is done with
  bool good_seen = false;  ///< `good` had a value once
  Samples good;            ///< of raw counters only
  Samples total;
};
using Memories = std::map<std::string, Memory>;

/// The cursor's text and back. Services that are not asked about any more are kept: a reload that
/// takes one out by mistake loses nothing. Anything that is none reads as nothing remembered.
std::string write_memories(const Memories& memories);
Memories read_memories(std::string_view cursor);

}  // namespace signalbox::connectors::prometheus
