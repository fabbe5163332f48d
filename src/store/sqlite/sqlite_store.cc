#include "store/sqlite/sqlite_store.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "store/sqlite/delivery_rows.h"
#include "store/sqlite/ledger_file.h"
#include "store/sqlite/point_rows.h"
#include "store/sqlite/readings_file.h"
#include "store/sqlite/sum_rows.h"

namespace signalbox::store::sqlite {
namespace {

using Deliveries = Result<std::vector<Delivery>>;
using MaybeDelivery = Result<std::optional<Delivery>>;
using MaybeText = Result<std::optional<std::string>>;

class SqliteStore final : public Store {
 public:
  SqliteStore(LedgerFile ledger, ReadingsFile readings)
      : ledger_(std::move(ledger)), readings_(std::move(readings)) {}

  Status keep(const Batch& batch) override { return ledger_.keep(batch); }
  Result<std::vector<Row>> rows(std::uint64_t after, std::size_t most) override {
    return ledger_.rows(after, most);
  }
  Result<std::uint64_t> last_seq() override { return ledger_.last_seq(); }
  Result<bool> knows(std::string_view key) override { return ledger_.knows(key); }
  MaybeText cursor(std::string_view of) override { return ledger_.cursor(of); }
  MaybeText answer(std::string_view id) override { return ledger_.answer(id); }

  Deliveries open_deliveries() override { return sqlite::open_deliveries(ledger_.file()); }
  Deliveries deliveries(std::size_t most) override {
    return newest_deliveries(ledger_.file(), most);
  }
  MaybeDelivery delivery(std::string_view id) override {
    return sqlite::delivery(ledger_.file(), id);
  }
  Deliveries deliveries_of(std::string_view announcement) override {
    return sqlite::deliveries_of(ledger_.file(), announcement);
  }
  MaybeDelivery sent_as(std::string_view account, std::string_view remote_id) override {
    return sqlite::sent_as(ledger_.file(), account, remote_id);
  }

  Status keep_checkpoint(const Checkpoint& checkpoint) override {
    return ledger_.keep_checkpoint(checkpoint);
  }
  Result<std::optional<Checkpoint>> checkpoint() override { return ledger_.checkpoint(); }

  Result<std::vector<ServiceSums>> keep_readings(std::span<const Reading> readings,
                                                 const std::optional<Cursor>& cursor) override {
    return readings_.keep(readings, cursor);
  }
  Status each_reading(Time after, const std::function<void(const Reading&)>& take) override {
    return readings_.each_reading(after, take);
  }
  MaybeText reading_cursor(std::string_view of) override { return readings_.cursor(of); }
  Result<std::vector<ServiceSums>> sums(Grain grain, Time from) override {
    return sqlite::sums(readings_.file(), grain, from);
  }
  Result<std::vector<Rollup>> rollups(std::string_view service, Time from, Time to,
                                      Duration step) override {
    return sqlite::rollups(readings_.file(), service, from, to, step);
  }
  Status keep_points(std::span<const DrawnPoint> points) override {
    return sqlite::keep_points(readings_.file(), points);
  }
  Result<std::vector<DrawnStretch>> points(std::string_view metric, Time from, Time to,
                                           Duration step) override {
    return sqlite::points(readings_.file(), metric, from, to, step);
  }
  Result<std::size_t> forget(const Horizon& before, std::size_t most) override {
    return readings_.forget(before, most);
  }
  Result<std::vector<Showing>> showings(std::string_view service, Time from, Time to) override {
    return read_showings(ledger_.file(), service, from, to);
  }

 private:
  LedgerFile ledger_;
  ReadingsFile readings_;
};

/// An emptied ledger looks like a new one; readings beside it say that it is not.
bool emptied(const std::string& path) {
  std::error_code failed;
  const auto ledger = std::filesystem::file_size(path, failed);
  if (failed || ledger != 0) return false;
  const auto readings = std::filesystem::file_size(readings_path(path), failed);
  return !failed && readings != 0;
}

}  // namespace

std::string readings_path(const std::string& path) { return path + "-readings"; }

Result<std::unique_ptr<Store>> open_store(const std::string& path) {
  if (emptied(path)) {
    return corrupt(path + ": is empty although " + readings_path(path) +
                   " is not; put a backup in its place, or move both away to begin anew");
  }
  auto ledger = LedgerFile::open(path);
  if (!ledger) return ledger.error();
  auto readings = ReadingsFile::open(readings_path(path));
  if (!readings) return readings.error();
  return std::unique_ptr<Store>(
      std::make_unique<SqliteStore>(std::move(*ledger), std::move(*readings)));
}

}  // namespace signalbox::store::sqlite
