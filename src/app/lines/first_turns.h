// When each check is tried first.
#pragma once

#include <vector>

#include "app/setup.h"

namespace signalbox::app {

/// The moment of each check's first turn, in the order of `checks`: all of one interval begin less
/// than that interval apart, evenly, each at its place (schedule/rhythm.h), whatever its position.
std::vector<SteadyTime> first_turns(const std::vector<SourceWork>& checks, const Clock& clock);

}  // namespace signalbox::app
