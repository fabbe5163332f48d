#include <gmock/gmock.h>

#include <cstdio>

#include "connectors/cloudwatch/api.h"
#include "net/url.h"
#include "tests/unit/connectors/query_fixture.h"

namespace signalbox::connectors::cloudwatch {
namespace {

using signalbox::testing::QueryFixture;
using signalbox::testing::run;
using ::testing::HasSubstr;

/// CloudWatch, as documented: answers each metric asked for by name; a metric without numbers has
/// an empty list.
class CloudWatchTest : public QueryFixture {
 protected:
  CloudWatchTest() {
    clock_.set(start_ + std::chrono::seconds(90));  // a minute's delay
    answer_ = [this](const net::Request& request) -> Result<net::Response> {
      return net::Response{status_, {}, status_ == 200 ? page(request) : body_};
    };
  }
  std::unique_ptr<Meter> made(const Texts& asked = {{"load_balancer", "app/web/50dc"}}) {
    return meter(
        "cloudwatch",
        setup({{"region", "eu-west-1"}, {"access_key", "AKID"}, {"secret_key", "hush"}}, asked));
  }
  std::string page(const net::Request& request) const {
    const auto form = net::parse_form(request.body);
    const bool second = !net::value_of(form, "NextToken").empty();
    std::string members;
    for (int n = 1; n <= 5; ++n) {
      const std::string one = "MetricDataQueries.member." + std::to_string(n) + ".";
      const std::string name = net::value_of(form, one + "MetricStat.Metric.MetricName");
      if (name.empty() || second != on_second_page_.contains(name)) continue;
      const auto found = sums_.find(name);
      const bool any = found != sums_.end();
      members += "<member><Id>" + net::value_of(form, one + "Id") + "</Id><Timestamps>" +
                 (any ? "<member>2026-11-21T03:59:00Z</member>" : "") + "</Timestamps><Values>" +
                 (any ? "<member>" + std::to_string(found->second) + "</member>" : "") +
                 "</Values><StatusCode>Complete</StatusCode></member>";
    }
    const std::string token =
        second || on_second_page_.empty() ? "" : "<NextToken>more</NextToken>";
    return "<GetMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"
           "<GetMetricDataResult><MetricDataResults>" +
           members + "</MetricDataResults>" + token +
           "</GetMetricDataResult></GetMetricDataResponse>";
  }
  /// "good/total" of the one reading, or the complaint, or "".
  std::string outcome() {
    const auto measured = run(made()->poll(""));
    if (!measured) return measured.error().what;
    if (measured->readings.empty()) {
      return measured->complaints.empty() ? "" : measured->complaints.front();
    }
    const Reading& one = measured->readings.front();
    EXPECT_EQ(one.instant, start_);
    char text[64];
    std::snprintf(text, sizeof text, "%g/%g", one.good, one.total);
    return text;
  }

  std::map<std::string, double> sums_;
  std::set<std::string> on_second_page_;
  int status_ = 200;
  std::string body_;
};

TEST_F(CloudWatchTest, TakesMissingErrorsForNoneOnlyWhereThereWereRequests) {
  EXPECT_EQ(outcome(), "") << "no requests: no reading, and not yet a complaint";
  sums_ = {{"RequestCount", 200}};
  EXPECT_EQ(outcome(), "200/200");
  sums_ = {{"RequestCount", 200}, {"HTTPCode_Target_5XX_Count", 4}, {"HTTPCode_ELB_5XX_Count", 6}};
  EXPECT_EQ(outcome(), "190/200");
}

TEST_F(CloudWatchTest, CountsWhatTheBalancerRefusedItself) {
  sums_ = {{"RequestCount", 100}, {"HTTPCode_ELB_5XX_Count", 60}, {"HTTPCode_ELB_503_Count", 50}};
  EXPECT_EQ(outcome(), "90/150") << "503s are not in RequestCount, 502s are";
  sums_ = {{"HTTPCode_ELB_5XX_Count", 60}};
  EXPECT_EQ(outcome(), "0/60") << "no target left: no RequestCount at all";
}

TEST_F(CloudWatchTest, ReadsEveryPage) {
  sums_ = {{"RequestCount", 200}, {"HTTPCode_Target_5XX_Count", 4}};
  on_second_page_ = {"HTTPCode_Target_5XX_Count"};
  EXPECT_EQ(outcome(), "196/200");
  EXPECT_EQ(http_.requests.size(), 2U);
}

TEST_F(CloudWatchTest, AsksSignedForTheMinutesThatAreDue) {
  EXPECT_TRUE(run(made()->poll("")));
  const net::Request& asked = http_.requests.at(0);
  const auto form = net::parse_form(asked.body);
  EXPECT_EQ(net::value_of(form, "Action"), "GetMetricData");
  EXPECT_EQ(net::value_of(form, "StartTime"), "2026-11-21T03:59:00Z");
  EXPECT_EQ(net::value_of(form, "EndTime"), "2026-11-21T04:00:00Z");
  EXPECT_EQ(net::value_of(form, "MetricDataQueries.member.1.MetricStat.Period"), "60");
  EXPECT_EQ(net::value_of(form, "MetricDataQueries.member.1.MetricStat.Metric.Namespace"),
            "AWS/ApplicationELB");
  EXPECT_EQ(asked.method, "POST");
  EXPECT_THAT(asked.headers.back().second,
              HasSubstr("Credential=AKID/20261121/eu-west-1/monitoring/aws4_request"));
  for (const auto& [name, value] : asked.headers) EXPECT_EQ(value.find("hush"), std::string::npos);
}

TEST_F(CloudWatchTest, TellsFailuresApart) {
  const auto code = [&](int status, const std::string& body) {
    status_ = status, body_ = body;
    const auto measured = run(made()->poll(""));
    return measured ? Error::Code::invalid : measured.error().code;
  };
  const auto fault = [](const std::string& name) {
    return "<ErrorResponse><Error><Code>" + name +
           "</Code><Message>m</Message></Error></ErrorResponse>";
  };
  EXPECT_EQ(code(400, fault("Throttling")), Error::Code::rate_limited);
  EXPECT_EQ(code(400, fault("ValidationError")), Error::Code::invalid);
  EXPECT_EQ(code(403, fault("SignatureDoesNotMatch")), Error::Code::unauthorized);
  EXPECT_EQ(code(400, R"({"__type":"com.amazonaws#ThrottlingException","message":"slow"})"),
            Error::Code::rate_limited);
  EXPECT_EQ(code(503, "<html>"), Error::Code::unavailable);
  status_ = 200;
  sums_ = {{"RequestCount", 200}};
  net::Request empty;
  const std::string whole = page(empty);
  for (const std::string& odd :
       {std::string(), std::string("<html/>"), std::string("{}"), whole.substr(0, whole.size() / 2),
        std::string("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>") + whole}) {
    EXPECT_EQ(read_page(odd, std::chrono::minutes(1)).error().code, Error::Code::corrupt) << odd;
  }
}

TEST(CloudWatchPages, MayBeJson) {
  const auto page = read_page(
      R"({"MetricDataResults":[{"Id":"m1","StatusCode":"Complete","Timestamps":[1795233540],"Values":[7]}]})",
      std::chrono::minutes(1));
  ASSERT_TRUE(page) << page.error().what;
  EXPECT_EQ(page->metrics.at("m1").at(Time(std::chrono::seconds(1795233600))), 7);
}

TEST(CloudWatchPlaces, AreFoundByNameOrArn) {
  const Place application =
      place_of("arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/web/50dc", "");
  EXPECT_EQ(application.name_space, "AWS/ApplicationELB");
  EXPECT_EQ(application.dimensions.at(0).second, "app/web/50dc");
  const Place group = place_of("app/web/50dc", "arn:aws:x:targetgroup/api/6d0e");
  EXPECT_EQ(group.dimensions.at(1).second, "targetgroup/api/6d0e");
  EXPECT_EQ(group.metrics.size(), 2U);
  const Place classic = place_of("old-one", "");
  EXPECT_EQ(classic.name_space, "AWS/ELB");
  EXPECT_EQ(classic.dimensions.at(0).first, "LoadBalancerName");
}

}  // namespace
}  // namespace signalbox::connectors::cloudwatch
