#include <memory>
#include <utility>

#include "store/sqlite/ledger_file.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/sqlite_store.h"

namespace signalbox::store::sqlite {
namespace {

class SqliteArchive final : public Archive {
 public:
  explicit SqliteArchive(std::unique_ptr<Database> file) : file_(std::move(file)) {}

  Result<std::vector<Row>> rows(std::uint64_t after, std::size_t most) override {
    return read_rows(*file_, after, most);
  }
  Result<std::optional<std::string>> incident(std::string_view id) override {
    return read_text(*file_, "SELECT payload FROM incident WHERE id = ?", id);
  }

 private:
  std::unique_ptr<Database> file_;
};

}  // namespace

Result<std::unique_ptr<Archive>> open_archive(const std::string& path) {
  auto file = open_for_reading(path, kLedgerSchema);
  if (!file) return file.error();
  return std::unique_ptr<Archive>(std::make_unique<SqliteArchive>(std::move(file).value()));
}

}  // namespace signalbox::store::sqlite
