// A store that keeps nothing, for the past replayed (app/cli/replay.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/store.h"

namespace signalbox::app {

/// Takes everything, gives nothing back: memory does not grow with what it is told.
class Nowhere final : public store::Store {
 public:
  Status keep(const store::Batch& batch) override;
  Result<std::vector<store::Row>> rows(std::uint64_t after, std::size_t most) override;
  Result<std::uint64_t> last_seq() override;
  Result<bool> knows(std::string_view key) override;
  Result<std::optional<std::string>> cursor(std::string_view of) override;
  Result<std::optional<std::string>> answer(std::string_view id) override;
  Result<std::vector<Delivery>> open_deliveries() override;
  Result<std::vector<Delivery>> deliveries(std::size_t most) override;
  Result<std::optional<Delivery>> delivery(std::string_view id) override;
  Result<std::vector<Delivery>> deliveries_of(std::string_view announcement) override;
  Result<std::optional<Delivery>> sent_as(std::string_view account,
                                          std::string_view remote_id) override;
  Status keep_checkpoint(const store::Checkpoint& checkpoint) override;
  Result<std::optional<store::Checkpoint>> checkpoint() override;
  Result<std::vector<store::ServiceSums>> keep_readings(
      std::span<const Reading> readings, const std::optional<store::Cursor>& cursor) override;
  Status each_reading(Time after, const std::function<void(const Reading&)>& take) override;
  Result<std::optional<std::string>> reading_cursor(std::string_view of) override;
  Result<std::vector<store::ServiceSums>> sums(store::Grain grain, Time from) override;
  Result<std::vector<Rollup>> rollups(std::string_view service, Time from, Time to,
                                      Duration step) override;
  Status keep_points(std::span<const DrawnPoint> points) override;
  Result<std::vector<DrawnStretch>> points(std::string_view metric, Time from, Time to,
                                           Duration step) override;
  Result<std::size_t> forget(const store::Horizon& before, std::size_t most) override;
  Result<std::vector<Showing>> showings(std::string_view service, Time from, Time to) override;
};

}  // namespace signalbox::app
