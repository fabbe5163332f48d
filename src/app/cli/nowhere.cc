#include "app/cli/nowhere.h"

namespace signalbox::app {

Status Nowhere::keep(const store::Batch& /*batch*/) { return {}; }

Result<std::vector<store::Row>> Nowhere::rows(std::uint64_t /*after*/, std::size_t /*most*/) {
  return std::vector<store::Row>();
}

Result<std::uint64_t> Nowhere::last_seq() { return std::uint64_t{0}; }

Result<bool> Nowhere::knows(std::string_view /*key*/) { return false; }

Result<std::optional<std::string>> Nowhere::cursor(std::string_view /*of*/) {
  return std::optional<std::string>();
}

Result<std::optional<std::string>> Nowhere::answer(std::string_view /*id*/) {
  return std::optional<std::string>();
}

Result<std::vector<Delivery>> Nowhere::open_deliveries() { return std::vector<Delivery>(); }

Result<std::vector<Delivery>> Nowhere::deliveries(std::size_t /*most*/) {
  return std::vector<Delivery>();
}

Result<std::optional<Delivery>> Nowhere::delivery(std::string_view /*id*/) {
  return std::optional<Delivery>();
}

Result<std::vector<Delivery>> Nowhere::deliveries_of(std::string_view /*announcement*/) {
  return std::vector<Delivery>();
}

Result<std::optional<Delivery>> Nowhere::sent_as(std::string_view /*account*/,
                                                 std::string_view /*remote_id*/) {
  return std::optional<Delivery>();
}

Status Nowhere::keep_checkpoint(const store::Checkpoint& /*checkpoint*/) { return {}; }

Result<std::optional<store::Checkpoint>> Nowhere::checkpoint() {
  return std::optional<store::Checkpoint>();
}

Result<std::vector<store::ServiceSums>> Nowhere::keep_readings(
    std::span<const Reading> /*readings*/, const std::optional<store::Cursor>& /*cursor*/) {
  return std::vector<store::ServiceSums>();
}

Status Nowhere::each_reading(Time /*after*/, const std::function<void(const Reading&)>& /*take*/) {
  return {};
}

Result<std::optional<std::string>> Nowhere::reading_cursor(std::string_view /*of*/) {
  return std::optional<std::string>();
}

Result<std::vector<store::ServiceSums>> Nowhere::sums(store::Grain /*grain*/, Time /*from*/) {
  return std::vector<store::ServiceSums>();
}

Result<std::vector<Rollup>> Nowhere::rollups(std::string_view /*service*/, Time /*from*/,
                                             Time /*to*/, Duration /*step*/) {
  return std::vector<Rollup>();
}

Status Nowhere::keep_points(std::span<const DrawnPoint> /*points*/) { return {}; }

Result<std::vector<DrawnStretch>> Nowhere::points(std::string_view /*metric*/, Time /*from*/,
                                                  Time /*to*/, Duration /*step*/) {
  return std::vector<DrawnStretch>();
}

Result<std::size_t> Nowhere::forget(const store::Horizon& /*before*/, std::size_t /*most*/) {
  return std::size_t{0};
}

Result<std::vector<Showing>> Nowhere::showings(std::string_view /*service*/, Time /*from*/,
                                               Time /*to*/) {
  return std::vector<Showing>();
}

}  // namespace signalbox::app
