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

Status Nowhere::keep_readings(std::span<const Reading> /*readings*/,
                              const std::optional<store::Cursor>& /*cursor*/) {
  return {};
}

Result<std::vector<Reading>> Nowhere::readings(Time /*after*/) { return std::vector<Reading>(); }

Result<std::optional<std::string>> Nowhere::reading_cursor(std::string_view /*of*/) {
  return std::optional<std::string>();
}

Result<std::vector<store::DaySum>> Nowhere::day_sums(std::chrono::sys_days /*from*/) {
  return std::vector<store::DaySum>();
}

Result<std::size_t> Nowhere::forget_readings(Time /*before*/, std::size_t /*most*/) {
  return std::size_t{0};
}

}  // namespace signalbox::app
