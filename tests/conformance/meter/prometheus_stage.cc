// Prometheus: instant queries by POST, numbers as text.
#include <cmath>
#include <nlohmann/json.hpp>

#include "net/url.h"
#include "tests/conformance/meter/meter_stage.h"

namespace signalbox::connectors::prometheus {
namespace {

class Stage final : public testing::MeterStage {
 public:
  SourceSetup setup() override {
    return setup_of({{"user", "ann"}, {"password", std::string(kSecret)}},
                    {{"total", "$service_total"}, {"good", "$service_good"}});
  }
  net::Response answer(const net::Request& request) override {
    const auto form = net::parse_form(request.body);
    const double at = std::stod(net::value_of(form, "time"));
    const auto found = number(net::value_of(form, "query"),
                              Time(std::chrono::seconds(static_cast<long long>(at))));
    nlohmann::json result = nlohmann::json::array();
    if (found) {
      const std::string text = std::isnan(*found) ? "NaN" : std::to_string(*found);
      result.push_back({{"metric", {{"job", "web"}}}, {"value", {at, text}}});
    }
    const nlohmann::json body = {{"status", "success"},
                                 {"data", {{"resultType", "vector"}, {"result", result}}}};
    return {200, {}, body.dump()};
  }
};

}  // namespace

std::unique_ptr<testing::MeterStage> make_meter_stage() { return std::make_unique<Stage>(); }

}  // namespace signalbox::connectors::prometheus
