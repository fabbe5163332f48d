// One SQLite file: a connection that keeps its statements ready and tells a full disk from a
// damaged file.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/sqlite/query.h"

namespace SQLite {
class Database;
class Statement;
}  // namespace SQLite

struct sqlite3_context;
struct sqlite3_value;

namespace signalbox::store::sqlite {

/// How a file is opened: `write` creates it when absent, `read` never changes it.
enum class Access { write, read };

/// How much a commit waits for the disk: `full` survives a power cut, `normal` may lose the newest
/// commits in one, but is never torn.
enum class Durability { full, normal };

/// A connection. Nothing is thrown. Used by one thread at a time; waits at most 100 ms for a lock.
class Database {
 public:
  /// Opens the file without reading it. Unavailable when it cannot be opened.
  static Result<std::unique_ptr<Database>> open(const std::string& path, Access access);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// `sql` lives for ever (a literal): the prepared statement is kept under it. At most one use at
  /// a time.
  Query query(std::string_view sql);
  /// Runs one statement without parameters.
  Status run(std::string_view sql) { return query(sql).run(); }
  /// Runs several statements, not kept.
  Status script(const std::string& sql);
  /// The first column of the first row of a PRAGMA or query that gives one number.
  Result<std::int64_t> number(std::string_view sql);
  /// Runs `body` in one transaction: all of it is kept when it succeeds, else nothing.
  Status together(const std::function<Status()>& body);
  /// Runs `body`, which only reads, on one state of the file, whatever is written meanwhile.
  Status as_one(const std::function<Status()>& body);
  /// Turns on the write-ahead log and foreign keys. After the schema is there.
  Status settle(Durability durability);
  /// A function of SQL, which statements of this connection may call from here on; pure.
  using Function = void (*)(sqlite3_context*, int, sqlite3_value**);
  Status teach(const char* name, int parameters, Function function);
  /// How many rows the last statement changed.
  int changes() const;

  const std::string& path() const { return path_; }
  /// The Error for the last failed call.
  Error trouble() const;
  /// The Error for an SQLite result code: full, locked, unreadable: unavailable; damaged: corrupt;
  /// a broken constraint: invalid. Names the file and the remedy.
  Error trouble(int code, std::string_view message) const;

 private:
  Database(std::string path, std::unique_ptr<SQLite::Database> handle);
  void roll_back();

  std::string path_;
  std::unique_ptr<SQLite::Database> handle_;
  std::map<std::string_view, std::unique_ptr<SQLite::Statement>> statements_;
};

}  // namespace signalbox::store::sqlite
