// The old Librato metrics API: measurements by source, a minute each.
#include <cmath>
#include <nlohmann/json.hpp>

#include "net/url.h"
#include "tests/conformance/meter/meter_stage.h"

namespace signalbox::connectors::librato {
namespace {

class Stage final : public testing::MeterStage {
 public:
  SourceSetup setup() override {
    return setup_of({{"user", "ann"}, {"token", std::string(kSecret)}},
                    {{"total", "$service.total"}, {"good", "$service.good"}});
  }
  net::Response answer(const net::Request& request) override {
    const auto query = net::parse_form(net::query_of(request.url));
    const Time from{std::chrono::seconds(std::stoll(net::value_of(query, "start_time")))};
    const Time until{std::chrono::seconds(std::stoll(net::value_of(query, "end_time")))};
    nlohmann::json list = nlohmann::json::array();
    for (const auto& [instant, number] : numbers(net::path_of(request.url))) {
      const Time begin = instant - std::chrono::minutes(1);
      if (begin < from || begin >= until || std::isnan(number)) continue;
      list.push_back(
          {{"measure_time", begin.time_since_epoch().count() / 1000}, {"count", number}});
    }
    const nlohmann::json body = {{"type", "gauge"}, {"measurements", {{"web-1", list}}}};
    return {200, {}, body.dump()};
  }
};

}  // namespace

std::unique_ptr<testing::MeterStage> make_meter_stage() { return std::make_unique<Stage>(); }

}  // namespace signalbox::connectors::librato
