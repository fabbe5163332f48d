// What a Prometheus source remembers of a service's raw counters.
#pragma once

#include <string>
#include <string_view>

#include "connectors/prometheus/counters.h"

namespace signalbox::connectors::prometheus {

/// The newest samples of both queries.
struct Memory {
  Samples part;
  Samples total;
};

/// As text, to be kept with the readings, and back. Anything that is none reads as nothing
/// remembered: the next sample is then the one to compare with.
std::string write_memory(const Memory& memory);
Memory read_memory(std::string_view text);

}  // namespace signalbox::connectors::prometheus
