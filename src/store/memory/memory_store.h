// A store that lives as long as the process: for tests, and for trying out. Keeps every promise but
// durability.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "store/store.h"

namespace signalbox::store {

/// Functions as in Store. A plain value: a copy is what a restart from this moment would find.
class MemoryStore final : public Store {
 public:
  Status keep(const Batch& batch) override;
  Result<std::vector<Row>> rows(std::uint64_t after, std::size_t most) override;
  Result<std::uint64_t> last_seq() override { return rows_.size(); }
  Result<bool> knows(std::string_view key) override { return keys_.contains(key); }
  Result<std::optional<std::string>> cursor(std::string_view of) override;
  Result<std::optional<std::string>> answer(std::string_view id) override;

  Result<std::vector<Delivery>> open_deliveries() override;
  Result<std::vector<Delivery>> deliveries(std::size_t most) override;
  Result<std::optional<Delivery>> delivery(std::string_view id) override;
  Result<std::vector<Delivery>> deliveries_of(std::string_view announcement) override;
  Result<std::optional<Delivery>> sent_as(std::string_view account,
                                          std::string_view remote_id) override;

  /// What an archive would give.
  std::optional<std::string> incident(std::string_view id) const;

  Status keep_checkpoint(const Checkpoint& checkpoint) override;
  Result<std::optional<Checkpoint>> checkpoint() override { return checkpoint_; }

  Result<std::vector<ServiceSums>> keep_readings(std::span<const Reading> readings,
                                                 const std::optional<Cursor>& cursor) override;
  Status each_reading(Time after, const std::function<void(const Reading&)>& take) override;
  Result<std::optional<std::string>> reading_cursor(std::string_view of) override;
  Result<std::vector<ServiceSums>> sums(Grain grain, Time from) override;
  Result<std::vector<Rollup>> rollups(std::string_view service, Time from, Time to,
                                      Duration step) override;
  Status keep_points(std::span<const DrawnPoint> points) override;
  Result<std::vector<DrawnStretch>> points(std::string_view metric, Time from, Time to,
                                           Duration step) override;
  Result<std::size_t> forget(const Horizon& before, std::size_t most) override;
  Result<std::vector<Showing>> showings(std::string_view service, Time from, Time to) override;

 private:
  using Texts = std::map<std::string, std::string, std::less<>>;
  using ReadingKey = std::tuple<Time, std::string, std::string>;

  Status acceptable(const Batch& batch) const;
  void keep_delivery(const Delivery& delivery);
  void keep_changes(const Changes& changes);
  std::size_t forget_sums(Grain grain, Time before, std::size_t most);
  std::size_t forget_points(Time before, std::size_t most);

  std::vector<Row> rows_;
  std::set<std::string, std::less<>> keys_;
  Texts cursors_;
  Texts answers_;
  Texts incidents_;
  std::vector<Delivery> deliveries_;                                 // in the order they were made
  std::map<std::string, std::size_t, std::less<>> places_;           // in deliveries_, by id
  std::map<std::pair<int, std::size_t>, std::size_t> open_;          // by -priority and place
  std::map<std::pair<std::string, std::string>, std::size_t> sent_;  // by account and remote id
  std::optional<Checkpoint> checkpoint_;
  std::map<ReadingKey, Reading> readings_;
  std::map<Changes::Key, Rollup> sums_;
  std::map<std::pair<Time, std::string>, DrawnPoint> points_;  // by minute and metric
  Texts reading_cursors_;
  Horizon forgotten_;
  std::map<std::tuple<std::string, Time, std::uint64_t>, Showing> showings_;
};

}  // namespace signalbox::store
