// The steps in which "as of" goes by the clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <ratio>

namespace signalbox {

/// A board is published in each of these steps of the clock, whether it has changed or not: a part
/// of it that has not changed takes the step for its "as of", which then tells nothing of the rest.
using AsOfStep = std::chrono::duration<std::int64_t, std::ratio<30>>;

}  // namespace signalbox
