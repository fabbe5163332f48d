// The figures of a stretch of time as cells of a table.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/rollup.h"

namespace signalbox::web {

using Cells = std::vector<std::string>;

/// What each of figure_cells() is called: `good`, `total`, …, `p99_ms`.
Cells figure_names(bool counts);
/// Sums, shares and percentiles; empty where there is none. Without counts, traffic volume is left
/// out.
Cells figure_cells(const Rollup& figures, bool counts);
/// Whole seconds, or "".
std::string seconds_cell(const std::optional<Duration>& time);
/// One row after the other.
Cells joined(Cells first, const Cells& second);

}  // namespace signalbox::web
