// The store on this machine's disk: the ledger in one SQLite file, readings in another beside it.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "store/store.h"

namespace signalbox::store::sqlite {

/// Opens `path` and `path-readings`, creating and migrating as open() says. Blocks meanwhile.
Result<std::unique_ptr<Store>> open_store(const std::string& path);
/// A read-only connection to `path`.
Result<std::unique_ptr<Archive>> open_archive(const std::string& path);

}  // namespace signalbox::store::sqlite
