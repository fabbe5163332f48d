// Graphite: the render API, a point a minute, null where nothing was written.
#include <cmath>
#include <nlohmann/json.hpp>

#include "net/url.h"
#include "tests/conformance/meter/meter_stage.h"

namespace signalbox::connectors::graphite {
namespace {

constexpr long long kStep = 60;

class Stage final : public testing::MeterStage {
 public:
  SourceSetup setup() override {
    return setup_of({{"token", std::string(kSecret)}},
                    {{"total", "$service.total"}, {"good", "$service.good"}});
  }
  net::Response answer(const net::Request& request) override {
    const auto query = net::parse_form(net::query_of(request.url));
    const auto written = numbers(net::value_of(query, "target"));
    const long long from = std::stoll(net::value_of(query, "from"));
    const long long until = std::stoll(net::value_of(query, "until"));
    nlohmann::json points = nlohmann::json::array();
    for (long long at = from - from % kStep + kStep; at < until; at += kStep) {
      const auto found = written.find(Time(std::chrono::seconds(at + kStep)));
      const bool none = found == written.end() || std::isnan(found->second);
      points.push_back({none ? nlohmann::json() : nlohmann::json(found->second), at});
    }
    const nlohmann::json series = {{"target", "x"}, {"datapoints", points}};
    return {200, {}, nlohmann::json::array({series}).dump()};
  }
};

}  // namespace

std::unique_ptr<testing::MeterStage> make_meter_stage() { return std::make_unique<Stage>(); }

}  // namespace signalbox::connectors::graphite
