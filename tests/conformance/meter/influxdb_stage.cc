// InfluxDB 1.x: two statements a request, a row an interval.
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "net/url.h"
#include "tests/conformance/meter/meter_stage.h"

namespace signalbox::connectors::influxdb {
namespace {

/// The number behind `mark` in a statement.
Time time_after(const std::string& statement, const std::string& mark) {
  return Time(Duration(std::stoll(statement.substr(statement.find(mark) + mark.size()))));
}

class Stage final : public testing::MeterStage {
 public:
  SourceSetup setup() override {
    return setup_of(
        {{"database", "web"}, {"user", "ann"}, {"password", std::string(kSecret)}},
        {{"total", "SELECT sum(total) FROM $service"}, {"good", "SELECT sum(good) FROM $service"}});
  }
  net::Response answer(const net::Request& request) override {
    const std::string asked = net::value_of(net::parse_form(net::query_of(request.url)), "q");
    nlohmann::json results = nlohmann::json::array();
    for (const auto statement : split(asked, ';')) {
      nlohmann::json result = {{"statement_id", results.size()}};
      const nlohmann::json rows = rows_of(std::string(statement));
      if (!rows.empty()) {
        result["series"] = {{{"name", "x"}, {"columns", {"time", "sum"}}, {"values", rows}}};
      }
      results.push_back(result);
    }
    return {200, {}, nlohmann::json{{"results", results}}.dump()};
  }

 private:
  nlohmann::json rows_of(const std::string& statement) const {
    nlohmann::json rows = nlohmann::json::array();
    for (const auto& [instant, number] : numbers(statement)) {
      const Time begin = instant - std::chrono::minutes(1);
      if (begin < time_after(statement, ">= ") || begin >= time_after(statement, "< ")) continue;
      nlohmann::json value = number;
      if (std::isnan(number)) value = nullptr;
      rows.push_back({begin.time_since_epoch().count(), value});
    }
    return rows;
  }
};

}  // namespace

std::unique_ptr<testing::MeterStage> make_meter_stage() { return std::make_unique<Stage>(); }

}  // namespace signalbox::connectors::influxdb
