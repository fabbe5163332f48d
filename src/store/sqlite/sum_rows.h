// The sums' rows in the readings file.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/changes.h"
#include "store/sqlite/database.h"

namespace signalbox::store::sqlite {

/// Before keep_changes() on this connection: teaches it to add up latencies.
Status teach_sums(Database& file);
/// Adds to the rows what changed, making those that are not there.
Status keep_changes(Database& file, const Changes& changes);

// As Store's functions of the same names promise, from any connection to the file.
Result<std::vector<ServiceSums>> sums(Database& file, Grain grain, Time from);
Result<std::vector<Rollup>> rollups(Database& file, std::string_view service, Time from, Time to,
                                    Duration step);

/// What was forgotten, as it stands in the file.
Result<Horizon> forgotten(Database& file);
/// Notes that what is before `horizon` is forgotten.
Status mark_forgotten(Database& file, const Horizon& horizon);
/// Deletes the oldest rows of a grain that began before `before`, at most `most`; how many went.
Result<std::size_t> delete_sums(Database& file, Grain grain, Time before, std::size_t most);
/// Whether there are such rows.
Result<bool> has_sums(Database& file, Grain grain, Time before);

}  // namespace signalbox::store::sqlite
