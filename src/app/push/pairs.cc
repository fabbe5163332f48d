#include "app/push/pairs.h"

#include <nlohmann/json.hpp>

namespace signalbox::app {

namespace {

using nlohmann::json;

constexpr std::size_t kMostHalves = 512;

std::int64_t in_ms(Time at) { return at.time_since_epoch().count(); }

/// Calls `with(time, rest of the row)` for each row of a list of lists that begin with a time.
template <typename With>
void each_row(std::string_view text, const With& with) {
  const json all = json::parse(text, nullptr, false);
  if (!all.is_array()) return;
  for (const json& row : all) {
    if (!row.is_array() || row.size() < 2 || !row[0].is_number_integer()) continue;
    with(Time(Duration(row[0].get<std::int64_t>())), row);
  }
}

}  // namespace

Pairs Pairs::read(std::string_view text) {
  Pairs all;
  each_row(text, [&](Time at, const json& row) {
    if (row.size() == 3 && row[1].is_boolean() && row[2].is_number())
      all.halves_[at] = {row[1].get<bool>(), row[2].get<double>()};
  });
  return all;
}

std::string Pairs::write() const {
  json all = json::array();
  for (const auto& [at, half] : halves_) all.push_back({in_ms(at), half.good, half.value});
  return all.dump();
}

std::optional<Sums> Pairs::add(Time at, bool good, double value) {
  const auto other = halves_.find(at);
  if (other == halves_.end() || other->second.good == good) {
    halves_[at] = {good, value};
    if (halves_.size() > kMostHalves) halves_.erase(halves_.begin());
    return {};
  }
  const Sums both = good ? Sums{value, other->second.value} : Sums{other->second.value, value};
  halves_.erase(other);
  return both;
}

}  // namespace signalbox::app
