// The readings' SQLite file: what was measured, and its sums a day. Apart from the ledger, so that
// counting never makes a post wait.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/sqlite/database.h"
#include "store/store.h"

namespace signalbox::store::sqlite {

/// Store's promises about readings. Functions as in Store.
class ReadingsFile {
 public:
  /// Opens, creates or migrates; refuses what is not ours (schema.h).
  static Result<ReadingsFile> open(const std::string& path);

  Status keep(std::span<const Reading> readings, const std::optional<Cursor>& cursor);
  Result<std::vector<Reading>> readings(Time after);
  Result<std::optional<std::string>> cursor(std::string_view of);
  Result<std::vector<DaySum>> day_sums(std::chrono::sys_days from);
  Result<std::size_t> forget(Time before, std::size_t most);

 private:
  explicit ReadingsFile(std::unique_ptr<Database> file) : file_(std::move(file)) {}
  Status keep_all(std::span<const Reading> readings, const std::optional<Cursor>& cursor);
  Result<Sums> replace(const Reading& reading);
  Status add_to_day(const Reading& reading, const Sums& more);

  std::unique_ptr<Database> file_;
};

}  // namespace signalbox::store::sqlite
