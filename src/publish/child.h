// Runs another program and waits for its end, within a time and with little of what it says kept.
#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace signalbox::publish {

/// What of a program's output is kept: its end.
inline constexpr std::size_t kMostSaid = 2000;

/// Runs `words` (the program, looked for in PATH, and its arguments; no shell reads them) in a
/// process group of its own, its input empty, no other file of ours open, and waits until it ends.
/// Ok when it ended with 0. After `patience`, or once `stopping` is true, the whole group is
/// killed. Unavailable otherwise: `what` is the program with its exit code and the last line that
/// it said; invalid when it cannot be started.
Status run_program(const std::vector<std::string>& words, Duration patience,
                   const std::atomic<bool>& stopping);

}  // namespace signalbox::publish
