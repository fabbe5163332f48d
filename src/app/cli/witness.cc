#include "app/cli/witness.h"

#include "app/core/records.h"

namespace signalbox::app {

Status Witness::keep(const store::Batch& batch) {
  for (const store::Row& row : batch.rows) {
    const auto event = event_of(row);
    if (!event) return event.error();
    last_ = row.seq;
    saw_(*event);
  }
  return {};
}

Result<std::vector<store::Row>> Witness::rows(std::uint64_t /*after*/, std::size_t /*most*/) {
  return std::vector<store::Row>();
}

Result<std::uint64_t> Witness::last_seq() { return last_; }

Result<bool> Witness::knows(std::string_view /*key*/) { return false; }

Result<std::optional<std::string>> Witness::cursor(std::string_view /*of*/) {
  return std::optional<std::string>();
}

Result<std::optional<std::string>> Witness::answer(std::string_view /*id*/) {
  return std::optional<std::string>();
}

Result<std::vector<Delivery>> Witness::open_deliveries() { return std::vector<Delivery>(); }

Result<std::vector<Delivery>> Witness::deliveries(std::size_t /*most*/) {
  return std::vector<Delivery>();
}

Result<std::optional<Delivery>> Witness::delivery(std::string_view /*id*/) {
  return std::optional<Delivery>();
}

Result<std::vector<Delivery>> Witness::deliveries_of(std::string_view /*announcement*/) {
  return std::vector<Delivery>();
}

Result<std::optional<Delivery>> Witness::sent_as(std::string_view /*account*/,
                                                 std::string_view /*remote_id*/) {
  return std::optional<Delivery>();
}

Status Witness::keep_checkpoint(const store::Checkpoint& /*checkpoint*/) { return {}; }

Result<std::optional<store::Checkpoint>> Witness::checkpoint() {
  return std::optional<store::Checkpoint>();
}

Status Witness::keep_readings(std::span<const Reading> /*readings*/,
                              const std::optional<store::Cursor>& /*cursor*/) {
  return {};
}

Result<std::vector<Reading>> Witness::readings(Time /*after*/) { return std::vector<Reading>(); }

Result<std::optional<std::string>> Witness::reading_cursor(std::string_view /*of*/) {
  return std::optional<std::string>();
}

Result<std::vector<store::DaySum>> Witness::day_sums(std::chrono::sys_days /*from*/) {
  return std::vector<store::DaySum>();
}

Result<std::size_t> Witness::forget_readings(Time /*before*/, std::size_t /*most*/) {
  return std::size_t{0};
}

}  // namespace signalbox::app
