// Opens the store that `store:` in the configuration names.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace signalbox::store {

/// `sqlite:PATH` (readings beside it in `PATH-readings`) or `memory:`. Creates and migrates what is
/// older, after a backup; invalid for a newer schema or a file that is not ours, naming it and the
/// remedy. Blocks while it migrates.
Result<std::unique_ptr<Store>> open(const std::string& url);
/// A read-only view of the same place.
Result<std::unique_ptr<Archive>> open_archive(const std::string& url);

}  // namespace signalbox::store
