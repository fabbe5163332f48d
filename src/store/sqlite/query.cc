#include "store/sqlite/query.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include "store/sqlite/database.h"

namespace signalbox::store::sqlite {

Query::Query(const Database& database, SQLite::Statement* statement, std::optional<Error> trouble)
    : database_(database), statement_(statement), trouble_(std::move(trouble)) {}

Query::~Query() {
  if (statement_ != nullptr) statement_->tryReset();
}

template <typename T>
Query& Query::bind(const T& value) {
  ++parameter_;
  if (trouble_) return *this;
  try {
    statement_->bind(parameter_, value);
  } catch (const SQLite::Exception& e) {
    trouble_ = database_.trouble(e.getExtendedErrorCode(), e.what());
  }
  return *this;
}

Query& Query::put(std::int64_t number) { return bind(number); }
Query& Query::put(double number) { return bind(number); }
Query& Query::put(std::string_view text) { return bind(std::string(text)); }

Query& Query::put_bytes(std::string_view bytes) {
  if (bytes.empty()) return put(std::nullopt);
  ++parameter_;
  if (trouble_) return *this;
  try {
    statement_->bind(parameter_, bytes.data(), static_cast<int>(bytes.size()));
  } catch (const SQLite::Exception& e) {
    trouble_ = database_.trouble(e.getExtendedErrorCode(), e.what());
  }
  return *this;
}

Query& Query::put(std::nullopt_t) {
  ++parameter_;
  if (trouble_) return *this;
  try {
    statement_->bind(parameter_);
  } catch (const SQLite::Exception& e) {
    trouble_ = database_.trouble(e.getExtendedErrorCode(), e.what());
  }
  return *this;
}

Query& Query::put(const std::optional<std::int64_t>& number) {
  return number ? put(*number) : put(std::nullopt);
}

Result<bool> Query::next() {
  if (trouble_) return *trouble_;
  column_ = 0;
  const int code = statement_->tryExecuteStep();
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return database_.trouble();
}

Status Query::run() {
  for (;;) {
    const auto row = next();
    if (!row) return row.error();
    if (!*row) return {};
  }
}

std::int64_t Query::integer() { return statement_->getColumn(column_++).getInt64(); }
double Query::real() { return statement_->getColumn(column_++).getDouble(); }
std::string Query::text() { return statement_->getColumn(column_++).getString(); }

std::optional<std::int64_t> Query::maybe_integer() {
  const auto column = statement_->getColumn(column_++);
  if (column.isNull()) return std::nullopt;
  return column.getInt64();
}

}  // namespace signalbox::store::sqlite
