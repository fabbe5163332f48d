// What scripts push: Statuspage's points in every form their scripts write, our own readings,
// nonsense.
#include "app/push/submission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/push/pairs.h"

namespace signalbox::app {
namespace {

using testing::HasSubstr;

const Time kNow = *parse_iso("2026-11-21T04:00:00Z");
constexpr const char* kJson = "application/json";
constexpr const char* kForm = "application/x-www-form-urlencoded";

std::string shown(const Result<Submission>& read) {
  if (!read) return "refused: " + read.error().what;
  std::string text = read->several ? "several" : "one";
  for (const Point& point : read->points)
    text += " " + point.metric + "@" + iso_seconds(point.at) + "=" + std::to_string(point.value);
  return text;
}

TEST(Submission, KnowsStatuspagesPaths) {
  EXPECT_EQ(metric_in("/v1/pages/p1/metrics/m1/data"), "m1");
  EXPECT_EQ(metric_in("/v1/pages/p1/metrics/m1/data.json"), "m1");
  EXPECT_EQ(metric_in("/v1/page/p1/metrics/m1/data.json"), "m1");
  EXPECT_EQ(metric_in("/v1/pages/p1/metrics/data"), "");
  EXPECT_EQ(metric_in("/v1/page/p1/metrics/data.json"), "");
  for (const char* path : {"/", "/v1/pages/p1/metrics", "/v1/pages//metrics/m/data",
                           "/v1/pages/p/metrics//data", "/v1/pages/p/metrics/m/x/data",
                           "/v1/pages/p/incidents/data", "/v2/pages/p/metrics/m/data"}) {
    EXPECT_EQ(metric_in(path), std::nullopt) << path;
  }
}

TEST(Submission, ReadsAPointAListAndSeveralMetrics) {
  const std::string one = "one m@2026-11-21T04:00:00Z=99.500000";
  EXPECT_EQ(
      shown(read_submission("m", kJson, R"({"data":{"timestamp":1795233600,"value":99.5}})", kNow)),
      one);
  EXPECT_EQ(shown(read_submission("m", "",
                                  R"({"data":[{"timestamp":"1795233600","value":"99.5"}]})", kNow)),
            one);
  EXPECT_EQ(
      shown(read_submission("m", kForm, R"({"data":{"timestamp":1795233600,"value":99.5}})", kNow)),
      one)
      << "curl -d sends JSON under this name";
  EXPECT_EQ(shown(read_submission("m", kForm, "data[timestamp]=1795233600&data[value]=99.5", kNow)),
            one);
  EXPECT_EQ(shown(read_submission("m", kForm, "data%5Btimestamp%5D=1795233600&data%5Bvalue%5D=99.5",
                                  kNow)),
            one);
  EXPECT_EQ(
      shown(read_submission(
          "", kJson,
          R"({"data":{"a":[{"timestamp":1795233600,"value":1}],"b":{"timestamp":1795233540,"value":2}}})",
          kNow)),
      "several a@2026-11-21T04:00:00Z=1.000000 b@2026-11-21T03:59:00Z=2.000000");
}

TEST(Submission, RefusesNonsenseInOneLine) {
  for (const char* body :
       {"", "x", "[]", "{}", R"({"data":1})", R"({"data":{}})",
        R"({"data":{"timestamp":1795233600}})", R"({"data":{"timestamp":1795233600,"value":null}})",
        R"({"data":{"timestamp":1795233600,"value":"nan"}})",
        R"({"data":{"timestamp":1e300,"value":1}})", R"({"data":{"timestamp":"soon","value":1}})",
        R"({"data":{"timestamp":1795233700,"value":1}})", R"({"data":{"timestamp":1,"value":1}})",
        R"({"data":[{"timestamp":1795233600,"value":1},7]})", "data[timestamp]=1795233600"}) {
    for (const char* type : {kJson, kForm}) {
      const std::string said = shown(read_submission("m", type, body, kNow));
      EXPECT_THAT(said, HasSubstr("refused: ")) << body;
      EXPECT_EQ(said.find('\n'), std::string::npos);
    }
  }
  EXPECT_FALSE(read_submission("", kJson, R"({"data":{"a":7}})", kNow));
  EXPECT_FALSE(read_submission("", kJson, R"({"data":[]})", kNow));
}

TEST(Submission, ReadsReadings) {
  const auto read = read_readings(
      R"([{"source":"s","service":"API","at":"2026-11-21T03:59:00Z","good":9,"total":10},
          {"source":"s","service":"API","at":1795233600,"good":0,"total":0}])",
      kNow);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[0].good, 9);
  EXPECT_EQ((*read)[1].instant, kNow);
  for (const char* body :
       {"", "7", "{}", R"({"source":"s","service":"API","at":1795233600,"good":2,"total":1})",
        R"({"source":"s","service":"API","at":1795233600,"good":-1,"total":1})",
        R"({"source":"","service":"API","at":1795233600,"good":1,"total":1})",
        R"({"source":"s","service":7,"at":1795233600,"good":1,"total":1})",
        R"({"source":"s","service":"API","at":1795239999,"good":1,"total":1})",
        R"({"source":"s","service":"API","at":1795233600,"good":"inf","total":"inf"})"}) {
    EXPECT_FALSE(read_readings(body, kNow)) << body;
  }
}

TEST(Pairs, MeetInAnyOrderAndAreForgottenOnceTheyDid) {
  Pairs pairs;
  EXPECT_FALSE(pairs.add(kNow, true, 9));
  EXPECT_FALSE(pairs.add(kNow - std::chrono::minutes(1), false, 20));
  pairs = Pairs::read(pairs.write());
  EXPECT_EQ(pairs.add(kNow, false, 10), (Sums{9, 10}));
  EXPECT_FALSE(pairs.add(kNow - std::chrono::minutes(1), false, 21)) << "a correction";
  EXPECT_EQ(pairs.add(kNow - std::chrono::minutes(1), true, 20), (Sums{20, 21}));
  EXPECT_TRUE(pairs.empty());
  for (int i = 0; i < 2000; ++i) pairs.add(kNow + std::chrono::seconds(i), true, i);
  EXPECT_LT(pairs.write().size(), 40000U) << "bounded";
  EXPECT_TRUE(Pairs::read("nonsense [").empty());
}

}  // namespace
}  // namespace signalbox::app
