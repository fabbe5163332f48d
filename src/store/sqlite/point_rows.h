// The rows of points that are drawn, in the readings file.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/drawn.h"
#include "store/sqlite/database.h"

namespace signalbox::store::sqlite {

// As Store's functions of the same names promise; points() from any connection to the file.
Status keep_points(Database& file, std::span<const DrawnPoint> points);
Result<std::vector<DrawnStretch>> points(Database& file, std::string_view metric, Time from,
                                         Time to, Duration step);

/// Deletes the oldest whose minute began before `before`, at most `most`; how many went.
Result<std::size_t> delete_points(Database& file, Time before, std::size_t most);

}  // namespace signalbox::store::sqlite
