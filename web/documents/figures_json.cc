#include "web/documents/figures_json.h"

#include <charconv>
#include <cmath>
#include <cstdint>

#include "base/text.h"
#include "board/states.h"

namespace signalbox::web {
namespace {

constexpr int kDecimals = 3;

std::optional<double> cut_percent(double good, double total) {
  if (total <= 0) return std::nullopt;
  const std::string text = percent(good, total, kDecimals);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Json millis(const std::optional<Duration>& took) {
  return took ? Json(took->count()) : Json(nullptr);
}

}  // namespace

std::optional<double> percent_of(const Sums& sums) { return cut_percent(sums.good, sums.total); }

std::optional<double> uptime_percent(const DayTally& states) {
  const Sums of = board::weighted(states);
  return cut_percent(of.good, of.total);
}

Json number_or_null(const std::optional<double>& number) {
  return number ? Json(*number) : Json(nullptr);
}

Json number(double value) {
  constexpr double kExact = 9e15;
  const double near = std::round(value * 1000) / 1000;
  if (near == std::floor(near) && std::abs(near) < kExact) return static_cast<std::int64_t>(near);
  return near;
}

Json sums_json(const Sums& sums, bool counts) {
  if (sums.total <= 0) return nullptr;
  Json json = Json::object();
  if (counts) json = {{"good", number(sums.good)}, {"total", number(sums.total)}};
  json["percent"] = number_or_null(percent_of(sums));
  return json;
}

Json request_availability_json(const Rollup& sum, bool counts) {
  Json json = {{"formula", kRequestFormula}};
  if (counts) {
    json["good"] = number(sum.requests.good);
    json["total"] = number(sum.requests.total);
    json["left_out"] = number(sum.left_out.total);
  }
  json["percent"] = number_or_null(percent_of(sum.requests));
  return json;
}

Json seconds_json(const DayTally& states) {
  return {{"up", number(states.up)},
          {"issue", number(states.issue)},
          {"down", number(states.down)},
          {"maint", number(states.maint)},
          {"unknown", number(states.unknown)}};
}

Json uptime_json(const DayTally& states) {
  return {{"formula", kUptimeFormula},
          {"seconds", seconds_json(states)},
          {"percent", number_or_null(uptime_percent(states))}};
}

Json quantiles_json(const Latencies& latencies) {
  if (latencies.empty()) return nullptr;
  return {{"p50", millis(latencies.quantile(0.50))},
          {"p95", millis(latencies.quantile(0.95))},
          {"p99", millis(latencies.quantile(0.99))}};
}

Json latency_json(const Latencies& latencies, bool counts) {
  Json json = quantiles_json(latencies);
  if (json.is_null()) return json;
  json["unit"] = "ms";
  json["error"] = "2 %";
  if (counts) json["count"] = number(latencies.count());
  return json;
}

}  // namespace signalbox::web
