#include "store/sqlite/database.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <utility>

namespace signalbox::store::sqlite {
namespace {

constexpr int kBusyMilliseconds = 100;

}  // namespace

Database::Database(std::string path, std::unique_ptr<SQLite::Database> handle)
    : path_(std::move(path)), handle_(std::move(handle)) {}

Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Access access) {
  const int flags = access == Access::write ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE
                                            : SQLite::OPEN_READONLY;
  try {
    auto handle = std::make_unique<SQLite::Database>(path, flags, kBusyMilliseconds);
    sqlite3_extended_result_codes(handle->getHandle(), 1);
    return std::unique_ptr<Database>(new Database(path, std::move(handle)));
  } catch (const SQLite::Exception& e) {
    return unavailable(path + ": cannot be opened (" + e.what() +
                       "); check that its folder exists and belongs to us");
  }
}

Query Database::query(std::string_view sql) {
  auto& statement = statements_[sql];
  try {
    if (!statement) statement = std::make_unique<SQLite::Statement>(*handle_, std::string(sql));
    return Query(*this, statement.get(), std::nullopt);
  } catch (const SQLite::Exception& e) {
    statements_.erase(sql);
    return Query(*this, nullptr, trouble(e.getExtendedErrorCode(), e.what()));
  }
}

Status Database::script(const std::string& sql) {
  if (handle_->tryExec(sql) == SQLITE_OK) return {};
  return trouble();
}

Result<std::int64_t> Database::number(std::string_view sql) {
  Query asked = query(sql);
  const auto row = asked.next();
  if (!row) return row.error();
  if (!*row) return internal(path_ + ": no answer to " + std::string(sql));
  return asked.integer();
}

Status Database::together(const std::function<Status()>& body) {
  roll_back();  // what an earlier failure may have left open
  if (auto begun = run("BEGIN IMMEDIATE"); !begun) return begun;
  Status status = body();
  if (status) status = run("COMMIT");
  if (!status) roll_back();
  return status;
}

Status Database::as_one(const std::function<Status()>& body) {
  roll_back();
  if (auto begun = run("BEGIN"); !begun) return begun;
  Status status = body();
  roll_back();
  return status;
}

void Database::roll_back() {
  if (sqlite3_get_autocommit(handle_->getHandle()) == 0) handle_->tryExec("ROLLBACK");
}

Status Database::settle(Durability durability) {
  const std::string level = durability == Durability::full ? "FULL" : "NORMAL";
  return script(
      "PRAGMA journal_mode=WAL;"
      "PRAGMA foreign_keys=ON;"
      "PRAGMA journal_size_limit=16777216;"
      "PRAGMA synchronous=" +
      level + ";");
}

Status Database::teach(const char* name, int parameters, Function function) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
  const int code = sqlite3_create_function_v2(handle_->getHandle(), name, parameters, kFlags,
                                              nullptr, function, nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? Status() : Status(trouble());
}

int Database::changes() const { return sqlite3_changes(handle_->getHandle()); }

Error Database::trouble() const {
  return trouble(handle_->getExtendedErrorCode(), handle_->getErrorMsg());
}

Error Database::trouble(int code, std::string_view message) const {
  const std::string said = " (" + std::string(message) + ")";
  if (code == SQLITE_IOERR_CORRUPTFS) code = SQLITE_CORRUPT;
  switch (code & 0xff) {
    case SQLITE_FULL:
      return unavailable(path_ + ": the disk is full; free some space, nothing was kept");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return unavailable(path_ + ": locked by another program; nothing was kept");
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT:
      return unavailable(path_ + ": cannot be read or written" + said +
                         "; check disk, owner and mount");
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return corrupt(path_ + ": is damaged" + said +
                     "; stop the program and put a backup in its place");
    case SQLITE_CONSTRAINT:
      return invalid(path_ + ": refused" + said);
  }
  return internal(path_ + ": " + std::string(message));
}

}  // namespace signalbox::store::sqlite
