#include <memory>
#include <utility>

#include "store/sqlite/kept_incidents.h"
#include "store/sqlite/ledger_file.h"
#include "store/sqlite/point_rows.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/sum_rows.h"

namespace signalbox::store::sqlite {
namespace {

class SqliteArchive final : public Archive {
 public:
  SqliteArchive(std::unique_ptr<Database> file, std::string readings_path)
      : file_(std::move(file)), readings_path_(std::move(readings_path)) {}

  Result<std::vector<Row>> rows(std::uint64_t after, std::size_t most) override {
    return read_rows(*file_, after, most);
  }
  Result<std::optional<std::string>> incident(std::string_view id) override {
    return read_text(*file_, "SELECT payload FROM incident WHERE id = ?", id);
  }
  Result<std::vector<Rollup>> rollups(std::string_view service, Time from, Time to,
                                      Duration step) override {
    return ask<std::vector<Rollup>>(
        [&](Database& file) { return sqlite::rollups(file, service, from, to, step); });
  }
  Result<std::vector<ServiceSums>> sums(Grain grain, Time from) override {
    return ask<std::vector<ServiceSums>>(
        [&](Database& file) { return sqlite::sums(file, grain, from); });
  }
  Result<std::vector<DrawnStretch>> points(std::string_view metric, Time from, Time to,
                                           Duration step) override {
    return ask<std::vector<DrawnStretch>>(
        [&](Database& file) { return sqlite::points(file, metric, from, to, step); });
  }
  Result<std::vector<Showing>> showings(std::string_view service, Time from, Time to) override {
    return read_showings(*file_, service, from, to);
  }
  Result<std::vector<std::string>> incidents(Time from, Time to) override {
    return kept_incidents(*file_, from, to);
  }

 private:
  /// Asks the readings on one state of their file: what is forgotten, and what is not, must be of
  /// the same moment.
  template <typename T, typename Question>
  Result<T> ask(const Question& question) {
    if (!readings_) {
      auto opened = open_for_reading(readings_path_, kReadingsSchema);
      if (!opened) return opened.error();
      readings_ = std::move(*opened);
    }
    T answer;
    const Status asked = readings_->as_one([&]() -> Status {
      auto found = question(*readings_);
      if (!found) return found.error();
      answer = std::move(*found);
      return {};
    });
    if (!asked) return asked.error();
    return answer;
  }

  std::unique_ptr<Database> file_;
  std::string readings_path_;
  std::unique_ptr<Database> readings_;
};

}  // namespace

Result<std::unique_ptr<Archive>> open_archive(const std::string& path) {
  auto file = open_for_reading(path, kLedgerSchema);
  if (!file) return file.error();
  return std::unique_ptr<Archive>(
      std::make_unique<SqliteArchive>(std::move(file).value(), readings_path(path)));
}

}  // namespace signalbox::store::sqlite
