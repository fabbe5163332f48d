// The incidents of a stretch of time, among those that are kept.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "store/sqlite/database.h"

namespace signalbox::store::sqlite {

/// As Archive::incidents() promises. What is not JSON is passed over.
Result<std::vector<std::string>> kept_incidents(Database& file, Time from, Time to);

}  // namespace signalbox::store::sqlite
