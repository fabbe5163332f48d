// How a file of ours is known, made and brought up to date: numbered steps, a backup before the
// first.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/sqlite/database.h"

namespace signalbox::store::sqlite {

/// What a file must look like. Step n (from 1) leads to `user_version` n and stays as released for
/// ever; a change of the schema is a new step at the end.
struct Schema {
  std::int32_t application_id = 0;  ///< in the file's header: whose it is
  std::span<const std::string_view> steps;
  Durability durability = Durability::full;
};

/// Opens a file for writing: makes it when absent or empty, migrates an older one after `VACUUM
/// INTO` a backup beside it (backup_path()). Invalid, without touching the file, when it is not
/// ours or newer than `schema`; corrupt when damaged.
Result<std::unique_ptr<Database>> open_for_writing(const std::string& path, const Schema& schema);
/// Opens an existing file for reading only. Invalid also when it still waits for a migration.
Result<std::unique_ptr<Database>> open_for_reading(const std::string& path, const Schema& schema);

/// Where the copy of `path` as of `version` is put: `PATH.v1.backup`.
std::string backup_path(const std::string& path, std::int64_t version);

/// The ledger, its cursors, answers, checkpoint and deliveries.
extern const Schema kLedgerSchema;
/// The readings with their sums and cursors.
extern const Schema kReadingsSchema;

}  // namespace signalbox::store::sqlite
