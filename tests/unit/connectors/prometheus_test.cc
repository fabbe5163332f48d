#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "connectors/prometheus/api.h"
#include "connectors/prometheus/counters.h"
#include "connectors/registry.h"
#include "net/url.h"
#include "tests/support/fake_clock.h"
#include "tests/support/run.h"
#include "tests/unit/connectors/scripted_http.h"
#include "tests/unit/connectors/shared_data.h"

namespace signalbox::connectors::prometheus {
namespace {

using signalbox::testing::FakeClock;
using signalbox::testing::FakePause;
using signalbox::testing::run;
using signalbox::testing::ScriptedHttp;

std::string vector_of(const std::vector<std::string>& values) {
  nlohmann::json result = nlohmann::json::array();
  for (std::size_t i = 0; i < values.size(); ++i) {
    result.push_back({{"metric", {{"instance", "a"}, {"code", std::to_string(i)}}},
                      {"value", {1795223950.915, values[i]}}});
  }
  return nlohmann::json{{"status", "success"},
                        {"data", {{"resultType", "vector"}, {"result", result}}}}
      .dump();
}

class PrometheusTest : public ::testing::Test {
 protected:
  using Values = std::map<std::string, Setting>;

  std::unique_ptr<Meter> meter(Values asked) {
    SourceSetup setup;
    setup.id = "prom";
    setup.base_url = "http://prom.test/";
    setup.questions.push_back({"API", Settings(std::move(asked))});
    return meter_kind("prometheus")->make(setup, World{http_, pause_, clock_});
  }
  std::unique_ptr<Meter> meter() {
    return meter({{"good", {"good[$every]", {}, 1, 1}}, {"total", {"total[$every]", {}, 1, 1}}});
  }
  Result<net::Response> answer(const net::Request& request) {
    if (status_ != 200) return net::Response{status_, {}, body_};
    const std::string query = net::value_of(net::parse_form(request.body), "query");
    return net::Response{200, {}, query.find("good") != query.npos ? good_ : total_};
  }
  std::string asked(std::size_t which, const char* name) const {
    return net::value_of(net::parse_form(http_.requests[which].body), name);
  }

  FakeClock clock_{Time(std::chrono::seconds(1795233630))};
  FakePause pause_{clock_};
  ScriptedHttp http_{[this](const net::Request& request) { return answer(request); }};
  int status_ = 200;
  std::string body_;
  std::string good_ = vector_of({"90", "7"});
  std::string total_ = vector_of({"100"});
};

TEST_F(PrometheusTest, ReadsOneIntervalUpToAnAlignedInstant) {
  const auto measured = run(meter()->poll("")).value();
  ASSERT_EQ(measured.readings.size(), 1U);
  EXPECT_EQ(measured.readings[0].good, 97);
  EXPECT_EQ(measured.readings[0].total, 100);
  EXPECT_EQ(measured.readings[0].source, "prom");
  EXPECT_EQ(measured.readings[0].service, "API");
  EXPECT_EQ(measured.readings[0].instant, Time(std::chrono::seconds(1795233600)));
  EXPECT_EQ(asked(0, "query"), "total[60s]");
  EXPECT_EQ(asked(0, "time"), "1795233600.000");
  EXPECT_EQ(http_.requests[0].url, "http://prom.test/api/v1/query");
  EXPECT_EQ(http_.requests[0].method, "POST");
}

TEST_F(PrometheusTest, AsksByGetWhereNobodyTakesAPost) {
  ScriptedHttp http([](const net::Request& request) -> Result<net::Response> {
    if (request.method == "POST") return net::Response{405, {}, ""};
    return net::Response{200, {}, vector_of({"7"})};
  });
  SourceSetup setup;
  setup.base_url = "http://prom.test";
  Server server(setup, "", {}, World{http, pause_, clock_});
  EXPECT_EQ(sum(run(query(server, "up", clock_.now())).value()), 7);
}

TEST_F(PrometheusTest, AsksAfterwardsForWhatItMissed) {
  const auto source = meter();
  std::string cursor = run(source->poll("")).value().cursor;
  EXPECT_TRUE(run(source->poll(cursor)).value().readings.empty());
  status_ = 500;
  clock_.advance(std::chrono::minutes(4));
  EXPECT_EQ(run(source->poll(cursor)).error().code, Error::Code::unavailable);
  status_ = 200;
  clock_.advance(std::chrono::minutes(1));
  const auto measured = run(meter()->poll(cursor)).value();  // also after a restart
  ASSERT_EQ(measured.readings.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(measured.readings[i].instant,
              Time(std::chrono::seconds(1795233660 + 60 * static_cast<long long>(i))));
  }
}

TEST_F(PrometheusTest, RemembersThatGoodWasSeen) {
  good_ = vector_of({});
  auto measured = run(meter()->poll("")).value();
  EXPECT_TRUE(measured.readings.empty());
  ASSERT_EQ(measured.complaints.size(), 1U);
  EXPECT_EQ(measured.complaints[0].find("prom: API: good never had a value"), 0U);
  clock_.advance(std::chrono::minutes(1));
  good_ = vector_of({"50"});
  measured = run(meter()->poll(measured.cursor)).value();
  EXPECT_EQ(measured.readings.at(0).good, 50);
  clock_.advance(std::chrono::minutes(1));
  good_ = vector_of({});
  measured = run(meter()->poll(measured.cursor)).value();
  EXPECT_EQ(measured.readings.at(0).good, 0);
}

TEST_F(PrometheusTest, GivesNoReadingForWhatIsNoEvidence) {
  for (const std::string& total : {vector_of({"NaN"}), vector_of({"-1"}), vector_of({"+Inf"}),
                                   vector_of({}), vector_of({"96"})}) {
    total_ = total;
    const auto measured = run(meter()->poll("")).value();
    EXPECT_TRUE(measured.readings.empty()) << total;
    EXPECT_EQ(measured.complaints.size(), 1U) << total;
  }
}

TEST_F(PrometheusTest, TakesBadFromTotal) {
  const auto bad = [&](bool may_be_absent) {
    return meter({{"bad", {"good", {}, 1, 1}},
                  {"total", {"total", {}, 1, 1}},
                  {"bad_may_be_absent", {may_be_absent ? "true" : "false", {}, 1, 1}}});
  };
  good_ = vector_of({"2", "1"});
  EXPECT_EQ(run(bad(false)->poll("")).value().readings.at(0).good, 97);
  good_ = vector_of({});
  const auto unknown = run(bad(false)->poll("")).value();
  EXPECT_TRUE(unknown.readings.empty()) << "a typing mistake must not look like health";
  EXPECT_NE(unknown.complaints.at(0).find("bad never had a value"), std::string::npos);
  EXPECT_EQ(run(bad(true)->poll("")).value().readings.at(0).good, 100);
  for (const std::string& odd : {vector_of({"NaN"}), vector_of({"-1"}), vector_of({"101"})}) {
    good_ = odd;
    const auto measured = run(bad(true)->poll("")).value();
    EXPECT_TRUE(measured.readings.empty()) << odd;
    EXPECT_EQ(measured.complaints.size(), 1U) << odd;
  }
}

TEST_F(PrometheusTest, TellsFailuresApart) {
  const std::pair<int, std::string> table[] = {{500, "<html>"}, {503, "{}"}};
  for (const auto& [status, body] : table) {
    status_ = status, body_ = body;
    EXPECT_EQ(run(meter()->poll("")).error().code, Error::Code::unavailable);
  }
  status_ = 200;
  for (const std::string body :
       {"<html>hello</html>", "", "42", "[]", "{\"status\":\"success\"}"}) {
    total_ = body;
    EXPECT_EQ(run(meter()->poll("")).error().code, Error::Code::corrupt) << body;
  }
}

TEST_F(PrometheusTest, BlamesAQueryWithoutSilencingTheOthers) {
  status_ = 400;
  body_ = R"({"status":"error","errorType":"bad_data","error":"parse error: unexpected end"})";
  const auto measured = run(meter()->poll("")).value();
  ASSERT_EQ(measured.complaints.size(), 1U);
  EXPECT_NE(measured.complaints[0].find("parse error: unexpected end"), std::string::npos);
}

TEST_F(PrometheusTest, MakesDeltasOfRawCounters) {
  const auto counters = [&] {
    return meter({{"good_counter", {"good", {}, 1, 1}}, {"total_counter", {"total", {}, 1, 1}}});
  };
  const std::tuple<std::vector<std::string>, std::vector<std::string>, int, int> table[] = {
      {{"90"}, {"100"}, -1, -1},                            // nothing to compare with yet
      {{"140"}, {"160"}, 50, 60},    {{"5"}, {"6"}, 5, 6},  // began anew
      {{"15"}, {"16", "4"}, 10, 14},                        // a status code seen for the first time
      {{}, {"17", "4"}, 0, 1},                              // good is gone, and was there
  };
  std::string cursor;
  for (const auto& [good, total, good_out, total_out] : table) {
    good_ = vector_of(good), total_ = vector_of(total);
    const auto measured = run(counters()->poll(cursor)).value();
    cursor = measured.cursor;
    clock_.advance(std::chrono::minutes(1));
    ASSERT_EQ(measured.readings.size(), total_out < 0 ? 0U : 1U);
    if (measured.readings.empty()) continue;
    EXPECT_EQ(measured.readings[0].good, good_out);
    EXPECT_EQ(measured.readings[0].total, total_out);
  }
}

TEST_F(PrometheusTest, MakesDeltasOfRawCountersOfWhatWasBad) {
  const auto source =
      meter({{"bad_counter", {"good", {}, 1, 1}}, {"total_counter", {"total", {}, 1, 1}}});
  good_ = vector_of({"10"});
  std::string cursor = run(source->poll("")).value().cursor;
  clock_.advance(std::chrono::minutes(1));
  good_ = vector_of({"13"}), total_ = vector_of({"160"});
  const auto measured = run(source->poll(cursor)).value();
  EXPECT_EQ(measured.readings.at(0).good, 57);
  EXPECT_EQ(measured.readings.at(0).total, 60);
}

TEST(PrometheusCounters, DoNotTakeANewInstancesPastForGrowth) {
  Samples samples;
  growth(samples, {{"a", "1", 100}}, Time{});
  EXPECT_EQ(growth(samples, {{"a", "1", 110}, {"b", "2", 1000000}}, Time{}), 10);
  EXPECT_EQ(growth(samples, {{"a", "1", 110}, {"b", "2", 1000005}}, Time{}), 5);
}

TEST(PrometheusValues, AreReadFromCaptures) {
  using signalbox::testing::shared_text;
  if (shared_text("captures/prometheus-scalar.json").empty()) {
    GTEST_SKIP() << "skipped, because the shared data is not here";
  }
  const auto value = [](const char* name) {
    return sum(read_values(shared_text(std::string("captures/") + name)).value());
  };
  EXPECT_EQ(value("prometheus-query-vector.json"), 1);
  EXPECT_EQ(value("prometheus-scalar.json"), 1);
  EXPECT_EQ(value("prometheus-empty-vector.json"), std::nullopt);
  EXPECT_TRUE(std::isnan(*value("prometheus-nan.json")));
  const auto matrix = read_values(shared_text("captures/prometheus-query_range-matrix.json"));
  EXPECT_EQ(matrix.error().code, Error::Code::invalid);
}

}  // namespace
}  // namespace signalbox::connectors::prometheus
