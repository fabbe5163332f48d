// The current state in one clause, for answers and digests.
#pragma once

#include <string>
#include <vector>

#include "model/snapshot.h"

namespace signalbox::announce {

/// `API DOWN, JS ISSUE, 3 others UP`; `all 5 services UP`; of `services` only, unless it is empty.
std::string state_text(const Snapshot& board, const std::vector<std::string>& services);

}  // namespace signalbox::announce
