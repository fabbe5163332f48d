// A store for tests that fails or dies at its n-th call, and in dying loses the readings that were
// not yet on the disk.
#pragma once

#include <optional>
#include <utility>

#include "store/memory/memory_store.h"

namespace signalbox::store::testing {

/// What goes wrong, once.
enum class Fault {
  refuse,      ///< the disk does not answer: nothing is done
  die_before,  ///< the process is gone before anything is done: every later call fails until
               ///< restart()
  die_after,   ///< it is done, but nobody lives to hear of it
};

/// What is kept is durable, as Store promises: the ledger with every call, readings with every
/// fourth.
class FaultyStore final : public Store {
 public:
  FaultyStore(int at_call, Fault fault) : calls_left_(at_call), fault_(fault) {}

  /// What a new process finds.
  void restart() {
    dead_ = false;
    readings_ = synced_readings_;
  }
  /// From here on nothing fails.
  void heal() { calls_left_ = 0; }
  bool dead() const { return dead_; }
  bool happened() const { return happened_; }

  Status keep(const Batch& batch) override {
    return change([&] { return ledger_.keep(batch); });
  }
  Status keep_checkpoint(const Checkpoint& checkpoint) override {
    return change([&] { return ledger_.keep_checkpoint(checkpoint); });
  }
  Result<std::vector<ServiceSums>> keep_readings(std::span<const Reading> readings,
                                                 const std::optional<Cursor>& cursor) override {
    return change([&] {
      auto kept = readings_.keep_readings(readings, cursor);
      if (++unsynced_ % 4 == 0) synced_readings_ = readings_;
      return kept;
    });
  }
  Result<std::size_t> forget(const Horizon& before, std::size_t most) override {
    return ask([&] { return readings_.forget(before, most); });
  }

  Result<std::vector<Row>> rows(std::uint64_t after, std::size_t most) override {
    return ask([&] { return ledger_.rows(after, most); });
  }
  Result<std::uint64_t> last_seq() override {
    return ask([&] { return ledger_.last_seq(); });
  }
  Result<bool> knows(std::string_view key) override {
    return ask([&] { return ledger_.knows(key); });
  }
  Result<std::optional<std::string>> cursor(std::string_view of) override {
    return ask([&] { return ledger_.cursor(of); });
  }
  Result<std::optional<std::string>> answer(std::string_view id) override {
    return ask([&] { return ledger_.answer(id); });
  }
  Result<std::vector<Delivery>> open_deliveries() override {
    return ask([&] { return ledger_.open_deliveries(); });
  }
  Result<std::vector<Delivery>> deliveries(std::size_t most) override {
    return ask([&] { return ledger_.deliveries(most); });
  }
  Result<std::optional<Delivery>> delivery(std::string_view id) override {
    return ask([&] { return ledger_.delivery(id); });
  }
  Result<std::vector<Delivery>> deliveries_of(std::string_view announcement) override {
    return ask([&] { return ledger_.deliveries_of(announcement); });
  }
  Result<std::optional<Delivery>> sent_as(std::string_view account,
                                          std::string_view remote_id) override {
    return ask([&] { return ledger_.sent_as(account, remote_id); });
  }
  Result<std::optional<Checkpoint>> checkpoint() override {
    return ask([&] { return ledger_.checkpoint(); });
  }
  Status each_reading(Time after, const std::function<void(const Reading&)>& take) override {
    return ask([&] { return readings_.each_reading(after, take); });
  }
  Result<std::optional<std::string>> reading_cursor(std::string_view of) override {
    return ask([&] { return readings_.reading_cursor(of); });
  }
  Result<std::vector<ServiceSums>> sums(Grain grain, Time from) override {
    return ask([&] { return readings_.sums(grain, from); });
  }
  Status keep_points(std::span<const DrawnPoint> points) override {
    return change([&] { return readings_.keep_points(points); });
  }
  Result<std::vector<DrawnStretch>> points(std::string_view metric, Time from, Time to,
                                           Duration step) override {
    return ask([&] { return readings_.points(metric, from, to, step); });
  }
  Result<std::vector<Rollup>> rollups(std::string_view service, Time from, Time to,
                                      Duration step) override {
    return ask([&] { return readings_.rollups(service, from, to, step); });
  }
  Result<std::vector<Showing>> showings(std::string_view service, Time from, Time to) override {
    return ask([&] { return ledger_.showings(service, from, to); });
  }

 private:
  /// Whether this call is the one; counts it.
  bool its_turn() {
    if (--calls_left_ != 0) return false;
    happened_ = true;
    dead_ = fault_ != Fault::refuse;
    return true;
  }

  template <typename Call>
  auto change(Call call) -> decltype(call()) {
    if (dead_) return unavailable("the process is gone");
    if (!its_turn()) return call();
    if (fault_ == Fault::die_after) static_cast<void>(call());
    return unavailable("the disk does not answer");
  }

  template <typename Call>
  auto ask(Call call) -> decltype(call()) {
    if (dead_ || its_turn()) return unavailable("the disk does not answer");
    return call();
  }

  MemoryStore ledger_;
  MemoryStore readings_;
  MemoryStore synced_readings_;
  int unsynced_ = 0;
  int calls_left_;
  Fault fault_;
  bool dead_ = false;
  bool happened_ = false;
};

}  // namespace signalbox::store::testing
