// Whether a database file is as long as its own header says: SQLite notices a missing end only
// where it reads it.
#pragma once

#include <string>

#include "base/result.h"

namespace signalbox::store::sqlite {

/// Good for an absent or empty file. Invalid for one too short to be a database, which SQLite would
/// take for a new one; corrupt for one that lost its end. Looks at the file only, before it is
/// opened.
Status whole(const std::string& path);

/// The refusal of a file that never was a database of ours, or lost its beginning.
Error no_database(const std::string& path);

}  // namespace signalbox::store::sqlite
