#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "connectors/graphite/render.h"
#include "connectors/registry.h"
#include "net/url.h"
#include "tests/support/fake_clock.h"
#include "tests/support/run.h"
#include "tests/unit/connectors/scripted_http.h"
#include "tests/unit/connectors/shared_data.h"

namespace signalbox::connectors::graphite {
namespace {

using signalbox::testing::FakeClock;
using signalbox::testing::FakePause;
using signalbox::testing::run;
using signalbox::testing::ScriptedHttp;
using Numbers = std::vector<std::optional<double>>;

constexpr long long kStart = 1795233600;

/// Points ten seconds apart from `kStart - 60` on.
nlohmann::json series(const Numbers& numbers) {
  nlohmann::json points = nlohmann::json::array();
  long long at = kStart - 60;
  for (const auto& number : numbers) {
    points.push_back({number ? nlohmann::json(*number) : nlohmann::json(), at});
    at += 10;
  }
  return {{"target", "x"}, {"datapoints", points}};
}

class GraphiteTest : public ::testing::Test {
 protected:
  std::unique_ptr<Meter> meter(const char* part = "good") {
    SourceSetup setup;
    setup.id = "g";
    setup.base_url = "http://graphite.test";
    setup.questions.push_back(
        {"API", Settings({{part, {"part.$every", {}, 1, 1}}, {"total", {"total", {}, 1, 1}}})});
    return meter_kind("graphite")->make(setup, World{http_, pause_, clock_});
  }
  Result<net::Response> answer(const net::Request& request) {
    const auto query = net::parse_form(net::query_of(request.url));
    const auto& chosen = net::value_of(query, "target") == "total" ? total_ : part_;
    return net::Response{status_, {}, chosen.dump()};
  }

  FakeClock clock_{Time(std::chrono::seconds(kStart + 5))};
  FakePause pause_{clock_};
  ScriptedHttp http_{[this](const net::Request& request) { return answer(request); }};
  int status_ = 200;
  nlohmann::json total_ = nlohmann::json::array({series({10, 10, 10, 10, 10, 10, {}})});
  nlohmann::json part_ = nlohmann::json::array({series({9, 9, 9, 9, 9, 9, {}})});
};

TEST_F(GraphiteTest, SumsThePointsOfAnInterval) {
  const auto measured = run(meter()->poll("")).value();
  ASSERT_EQ(measured.readings.size(), 1U);
  EXPECT_EQ(measured.readings[0].good, 54);
  EXPECT_EQ(measured.readings[0].total, 60);
  EXPECT_EQ(measured.readings[0].instant, Time(std::chrono::seconds(kStart)));
  const auto query = net::parse_form(net::query_of(http_.requests[1].url));
  EXPECT_EQ(net::value_of(query, "target"), "part.60s");
  EXPECT_EQ(net::value_of(query, "from"), std::to_string(kStart - 61));
  EXPECT_EQ(net::value_of(query, "format"), "json");
}

TEST_F(GraphiteTest, TakesBadFromTotal) {
  part_ = nlohmann::json::array({series({1, 0, 0, 0, 0, 2}), series({1, 0, 0, 0, 0, 0})});
  const auto measured = run(meter("bad")->poll("")).value();
  EXPECT_EQ(measured.readings.at(0).good, 56);
}

TEST_F(GraphiteTest, AsksAgainForWhatIsNotFlushedYet) {
  total_ = nlohmann::json::array({series({10, 10, 10, 10, {}, {}, {}})});
  auto measured = run(meter()->poll("")).value();
  EXPECT_TRUE(measured.readings.empty());
  EXPECT_TRUE(measured.complaints.empty());
  total_ = nlohmann::json::array({series({10, 10, 10, 10, 10, 10, {}})});
  clock_.advance(std::chrono::seconds(10));
  measured = run(meter()->poll(measured.cursor)).value();
  ASSERT_EQ(measured.readings.size(), 1U);
  EXPECT_EQ(measured.readings[0].instant, Time(std::chrono::seconds(kStart)));
}

TEST_F(GraphiteTest, TakesAGapForUnknownNotForZero) {
  total_ = nlohmann::json::array({series({10, {}, 10, 10, 10, 10, {}})});
  const auto measured = run(meter()->poll("")).value();
  EXPECT_TRUE(measured.readings.empty());
  ASSERT_EQ(measured.complaints.size(), 1U);
  EXPECT_NE(measured.complaints[0].find("gap"), std::string::npos);
}

TEST_F(GraphiteTest, SaysWhenAMetricIsUnknown) {
  total_ = nlohmann::json::array();
  auto measured = run(meter()->poll("")).value();
  EXPECT_TRUE(measured.readings.empty());
  EXPECT_EQ(measured.complaints.size(), 1U);
  total_ = nlohmann::json::array({series({10, 10, 10, 10, 10, 10, {}})});
  part_ = nlohmann::json::array();
  measured = run(meter("bad")->poll("")).value();
  EXPECT_TRUE(measured.readings.empty()) << "a typing mistake must not look like health";
  EXPECT_EQ(measured.complaints.size(), 1U);
}

TEST_F(GraphiteTest, TellsFailuresApart) {
  status_ = 500;
  EXPECT_EQ(run(meter()->poll("")).error().code, Error::Code::unavailable);
  status_ = 200;
  total_ = {{"error", "x"}};
  EXPECT_EQ(run(meter()->poll("")).error().code, Error::Code::corrupt);
  EXPECT_EQ(read_target("<html>").error().code, Error::Code::corrupt);
  EXPECT_EQ(read_target(R"([{"datapoints":[[1]]}])").error().code, Error::Code::corrupt);
}

TEST_F(GraphiteTest, ReadsABackfilledGapAfterwards) {
  total_ = nlohmann::json::array({series({10, {}, 10, 10, 10, 10, {}})});
  const auto source = meter();
  auto measured = run(source->poll("")).value();
  EXPECT_TRUE(measured.readings.empty());
  clock_.advance(std::chrono::minutes(1));
  const Numbers next{9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
  total_ = part_ = nlohmann::json::array({series(next)});
  measured = run(source->poll(measured.cursor)).value();
  ASSERT_EQ(measured.readings.size(), 2U);
  EXPECT_EQ(measured.readings[0].instant, Time(std::chrono::seconds(kStart)));
  EXPECT_EQ(measured.readings[1].instant, Time(std::chrono::seconds(kStart + 60)));
  EXPECT_TRUE(measured.complaints.empty());
}

TEST_F(GraphiteTest, CorrectsWhatChangedAfterwardsOnce) {
  const auto source = meter();
  auto measured = run(source->poll("")).value();
  EXPECT_EQ(measured.readings.at(0).good, 54);
  clock_.advance(std::chrono::minutes(1));
  total_ = nlohmann::json::array({series({10, 10, 10, 10, 10, 10, 5, 5, 5, 5, 5, 5})});
  part_ = nlohmann::json::array({series({10, 9, 9, 9, 9, 9, 5, 5, 5, 5, 5, 5})});
  measured = run(source->poll(measured.cursor)).value();
  ASSERT_EQ(measured.readings.size(), 2U);
  EXPECT_EQ(measured.readings[0].good, 55);
  EXPECT_EQ(measured.readings[1].good, 30);
  clock_.advance(std::chrono::seconds(30));
  EXPECT_TRUE(run(source->poll(measured.cursor)).value().readings.empty());
}

TEST_F(GraphiteTest, MakesDeltasOfRawCounters) {
  SourceSetup setup;
  setup.id = "g";
  setup.questions.push_back({"API", Settings({{"bad_counter", {"bad", {}, 1, 1}},
                                              {"total_counter", {"total", {}, 1, 1}}})});
  const auto source = meter_kind("graphite")->make(setup, World{http_, pause_, clock_});
  clock_.advance(std::chrono::minutes(1));
  const Numbers total{90, {}, 100, {}, 120, 130, 140, {}, 7, 10, 20, 30, {}};
  const Numbers bad{1, {}, {}, {}, {}, 1, 1, {}, 0, 0, 2, 2, {}};
  total_ = nlohmann::json::array({series(total)});
  part_ = nlohmann::json::array({series(bad)});
  const auto measured = run(source->poll("")).value();
  ASSERT_EQ(measured.readings.size(), 1U);
  EXPECT_EQ(measured.readings[0].total, 10 + 30) << "140, then a restart up to 30";
  EXPECT_EQ(measured.readings[0].good, 40 - 2);
}

TEST(GraphiteCounters, TellGapsFromWhatIsStillToCome) {
  const auto grown_in = [](const Numbers& numbers) {
    const auto target = read_target(nlohmann::json::array({series(numbers)}).dump()).value();
    return grown(target, kStart - 40, kStart - 20, 1000).what;
  };
  EXPECT_EQ(grown_in({1, 2, 3, 4}), Bucket::What::counted);
  EXPECT_EQ(grown_in({1, 2, {}, 4}), Bucket::What::counted);
  EXPECT_EQ(grown_in({1, 2, {}, {}, 5}), Bucket::What::unknown);
  EXPECT_EQ(grown_in({1, 2, 3, {}}), Bucket::What::pending);
  EXPECT_EQ(grown_in({{}, {}, 3, 4}), Bucket::What::absent);
}

TEST(GraphiteTargets, AreReadFromRealAnswers) {
  using signalbox::testing::shared_text;
  const std::string captured = shared_text("captures/graphite-render.json");
  if (captured.empty()) GTEST_SKIP() << "skipped, because the shared data is not here";
  const auto target = read_target(captured);
  ASSERT_TRUE(target) << target.error().what;
  EXPECT_EQ(target->at(0).newest(), 1795223970);
  const Bucket whole = count({target->at(0)}, 1795223820, 1795223880, 120);
  EXPECT_EQ(whole.number, 6 * 97);
  EXPECT_EQ(count({target->at(0)}, 1795223880, 1795223940, 120).what, Bucket::What::unknown);
  EXPECT_EQ(count({target->at(0)}, 1795223940, 1795224000, 120).what, Bucket::What::pending);
  EXPECT_TRUE(read_target(shared_text("graphite/server_requests.json")));
  EXPECT_FALSE(read_target(shared_text("graphite/notrender_malformed_with_comment.json")));
}

}  // namespace
}  // namespace signalbox::connectors::graphite
