// The ledger's SQLite file: what was accepted, and what it caused, in one transaction.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "store/sqlite/database.h"
#include "store/store.h"

namespace signalbox::store::sqlite {

/// Store's promises about the ledger, kept in one file. Functions as in Store.
class LedgerFile {
 public:
  /// Opens, creates or migrates; refuses what is not ours (schema.h).
  static Result<LedgerFile> open(const std::string& path);

  Status keep(const Batch& batch);
  Result<std::vector<Row>> rows(std::uint64_t after, std::size_t most);
  Result<std::uint64_t> last_seq();
  Result<bool> knows(std::string_view key);
  Result<std::optional<std::string>> cursor(std::string_view of);
  Result<std::optional<std::string>> answer(std::string_view id);
  Status keep_checkpoint(const Checkpoint& checkpoint);
  Result<std::optional<Checkpoint>> checkpoint();
  /// For the deliveries' own queries (delivery_rows.h).
  Database& file() { return *file_; }

 private:
  explicit LedgerFile(std::unique_ptr<Database> file) : file_(std::move(file)) {}
  Status keep_all(const Batch& batch);
  Status keep_rows(const std::vector<Row>& rows);
  Status keep_answers(const std::vector<Answer>& answers);
  Status keep_incidents(const std::vector<KeptIncident>& incidents);
  Status keep_showings(const std::vector<Showing>& showings);

  std::unique_ptr<Database> file_;
};

/// Rows of the ledger from any connection to its file: the Store's and the Archive's.
Result<std::vector<Row>> read_rows(Database& file, std::uint64_t after, std::size_t most);
/// Changes of what a service is shown in, from any such connection.
Result<std::vector<Showing>> read_showings(Database& file, std::string_view service, Time from,
                                           Time to);
/// The one text a query of one parameter gives; none when there is no row.
Result<std::optional<std::string>> read_text(Database& file, std::string_view sql,
                                             std::string_view parameter);
/// Moves a cursor, in the ledger's file or the readings' alike.
Status keep_cursor(Database& file, const Cursor& cursor);

}  // namespace signalbox::store::sqlite
