#include "connectors/prometheus/api.h"

#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "connectors/json.h"

namespace signalbox::connectors::prometheus {
namespace {

using nlohmann::json;

constexpr std::string_view kPlace = "prometheus: query";

/// Numbers come as text: "1", "4e-05", "NaN", "+Inf".
std::optional<double> read_number(const json& value) {
  if (!value.is_array() || value.size() != 2 || !value[1].is_string()) return std::nullopt;
  std::string_view text = value[1].get_ref<const std::string&>();
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<std::vector<Value>> read_vector(const json& series) {
  if (!series.is_array()) return misshapen(kPlace);
  std::vector<Value> values;
  for (const json& one : series) {
    const json& metric = at(one, "metric");
    const auto number = read_number(at(one, "value"));
    if (!number || !metric.is_object()) return misshapen(kPlace);
    constexpr auto kReplaceBadBytes = json::error_handler_t::replace;
    values.push_back({short_id(text_at(metric, "instance")),
                      short_id(metric.dump(-1, ' ', false, kReplaceBadBytes)), *number});
  }
  return values;
}

std::string seconds(Time t) {
  const auto millis = t.time_since_epoch().count();
  char text[32];
  std::snprintf(text, sizeof text, "%lld.%03lld", static_cast<long long>(millis / 1000),
                static_cast<long long>(millis % 1000));
  return text;
}

}  // namespace

Result<std::vector<Value>> read_values(std::string_view body) {
  const json answer = json::parse(body, nullptr, false);
  if (answer.is_discarded()) return corrupt(std::string(kPlace) + ": the answer is not JSON");
  if (text_at(answer, "status") != "success") return misshapen(kPlace);
  const json& data = at(answer, "data");
  const std::string type = text_at(data, "resultType");
  if (type == "vector") return read_vector(at(data, "result"));
  if (type == "scalar") {
    const auto number = read_number(at(data, "result"));
    if (!number) return misshapen(kPlace);
    return std::vector<Value>{{"", "", *number}};
  }
  if (type != "matrix" && type != "string") return misshapen(kPlace);
  return invalid(std::string(kPlace) + ": gives a " + type +
                 ", not a number: wrap it in increase()");
}

std::optional<double> sum(const std::vector<Value>& values) {
  if (values.empty()) return std::nullopt;
  double all = 0;
  for (const Value& value : values) all += value.number;
  return all;
}

/// By POST, as queries may be longer than a URL; by GET to those before Prometheus that refuse
/// POST.
Task<Result<std::vector<Value>>> query(Server& server, std::string query, Time at) {
  const net::Parameters form{{"query", std::move(query)}, {"time", seconds(at)}};
  auto response = co_await server.send(server.post("/api/v1/query", form));
  const bool refused_post = response && (response->status == 405 || response->status == 501);
  if (refused_post) response = co_await server.send(server.get("/api/v1/query", form));
  if (!response) co_return response.error();
  if (response->status < 200 || response->status > 299) {
    co_return server.refused(*response, kPlace);
  }
  co_return read_values(response->body);
}

}  // namespace signalbox::connectors::prometheus
