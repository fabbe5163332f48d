// A prepared statement in use: parameters put in order, rows taken in order, failures as Result.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace SQLite {
class Statement;
}

namespace signalbox::store::sqlite {

class Database;

/// A time as it is stored: milliseconds since 1970.
inline std::int64_t stored(Time t) { return t.time_since_epoch().count(); }

/// One use of a statement that the Database keeps ready; the statement is free again when this
/// goes. Trouble while preparing or binding is remembered and told by next() or run(). The Database
/// outlives it.
class Query {
 public:
  Query(const Database& database, SQLite::Statement* statement, std::optional<Error> trouble);
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query();

  /// Binds the next parameter.
  Query& put(std::int64_t number);
  Query& put(double number);
  Query& put(std::string_view text);
  /// Binds bytes; none as NULL.
  Query& put_bytes(std::string_view bytes);
  /// Binds NULL.
  Query& put(std::nullopt_t);
  /// Binds the value, or NULL when there is none.
  Query& put(const std::optional<std::int64_t>& number);

  /// Steps to the next row; false when there is none any more.
  Result<bool> next();
  /// Runs a statement whose rows, if any, do not matter.
  Status run();

  /// The columns of the current row, from the left, one by one.
  std::int64_t integer();
  double real();
  /// Text, or bytes; NULL gives "".
  std::string text();
  /// NULL gives nullopt.
  std::optional<std::int64_t> maybe_integer();

 private:
  template <typename T>
  Query& bind(const T& value);

  const Database& database_;
  SQLite::Statement* statement_;
  std::optional<Error> trouble_;
  int parameter_ = 0;
  int column_ = 0;
};

}  // namespace signalbox::store::sqlite
