// The readings' SQLite file: what was measured, and its sums a minute, hour and day. Apart from the
// ledger, so that counting never makes a post wait.
#pragma once

#include <functional>
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

  Result<std::vector<ServiceSums>> keep(std::span<const Reading> readings,
                                        const std::optional<Cursor>& cursor);
  Status each_reading(Time after, const std::function<void(const Reading&)>& take);
  Result<std::optional<std::string>> cursor(std::string_view of);
  Result<std::size_t> forget(const Horizon& before, std::size_t most);
  /// For queries of sums (sum_rows.h) and points (point_rows.h).
  Database& file() { return *file_; }

 private:
  ReadingsFile(std::unique_ptr<Database> file, const Horizon& forgotten)
      : file_(std::move(file)), forgotten_(forgotten) {}
  Status keep_all(std::span<const Reading> readings, Changes& changes);
  Status replace(const Reading& reading, Changes& changes);
  Result<std::optional<Reading>> kept_under_key_of(const Reading& reading);
  Result<std::size_t> forget_measured(const Horizon& before, std::size_t most);
  Result<Horizon> what_is_there(const Horizon& before);
  Result<std::size_t> delete_readings(Time before, std::size_t most);

  std::unique_ptr<Database> file_;
  Horizon forgotten_;  // as it stands in the file
};

}  // namespace signalbox::store::sqlite
