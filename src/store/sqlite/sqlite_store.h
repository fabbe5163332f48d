// The store on this machine's disk: the ledger in one SQLite file, readings in another beside it.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "store/store.h"

namespace signalbox::store::sqlite {

/// Opens `path` and `path-readings`, creating and migrating as open() says. Blocks meanwhile.
Result<std::unique_ptr<Store>> open_store(const std::string& path);
/// Where the readings of the store at `path` are.
std::string readings_path(const std::string& path);
/// Read-only connections to both files; that to the readings is opened when first asked.
Result<std::unique_ptr<Archive>> open_archive(const std::string& path);

}  // namespace signalbox::store::sqlite
