// CloudWatch: GetMetricData in XML; errors are only written where there were any.
#include "base/text.h"
#include "net/url.h"
#include "tests/conformance/meter/meter_stage.h"

namespace signalbox::connectors::cloudwatch {
namespace {

class Stage final : public testing::MeterStage {
 public:
  SourceSetup setup() override {
    return setup_of(
        {{"region", "eu-west-1"}, {"access_key", "AKID"}, {"secret_key", std::string(kSecret)}},
        {{"load_balancer", "app/$service/1"}});
  }
  Duration late() const override { return std::chrono::seconds(70); }
  bool of_bad() const override { return true; }
  net::Response answer(const net::Request& request) override {
    const auto form = net::parse_form(request.body);
    std::string members;
    for (int n = 1; n <= 5; ++n) {
      const std::string one = "MetricDataQueries.member." + std::to_string(n) + ".";
      const std::string id = net::value_of(form, one + "Id");
      const std::string metric = net::value_of(form, one + "MetricStat.Metric.MetricName");
      const std::string of =
          net::value_of(form, one + "MetricStat.Metric.Dimensions.member.1.Value");
      if (metric == "RequestCount") members += member(id, numbers(of + " total"));
      if (metric == "HTTPCode_Target_5XX_Count") members += member(id, numbers(of + " bad"));
    }
    return {200,
            {},
            "<GetMetricDataResponse><GetMetricDataResult><MetricDataResults>" + members +
                "</MetricDataResults></GetMetricDataResult></GetMetricDataResponse>"};
  }

 private:
  static std::string member(const std::string& id, const std::map<Time, double>& numbers) {
    std::string times;
    std::string values;
    for (const auto& [instant, number] : numbers) {
      if (number == 0) continue;
      times += "<member>" + iso_seconds(instant - std::chrono::minutes(1)) + "</member>";
      values += "<member>" + std::to_string(number) + "</member>";
    }
    return "<member><Timestamps>" + times + "</Timestamps><Values>" + values + "</Values><Id>" +
           id + "</Id><StatusCode>Complete</StatusCode></member>";
  }
};

}  // namespace

std::unique_ptr<testing::MeterStage> make_meter_stage() { return std::make_unique<Stage>(); }

}  // namespace signalbox::connectors::cloudwatch
