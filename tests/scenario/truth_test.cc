// The truth of measurements: no evidence is UNKNOWN, the thresholds are exact, and nothing lifts a
// stated DOWN.
#include <gtest/gtest.h>

#include "tests/support/theatre/theatre.h"

namespace signalbox::testing {
namespace {

using std::chrono::minutes;

TEST(Truth, WithoutEvidenceAServiceIsUnknownNotGreen) {
  Theatre stage({"API"}, {"API"}, {});
  stage.pass(minutes(10));
  EXPECT_EQ(stage.state("API"), State::unknown) << "never a reading";
  stage.measure("API", 100);
  stage.pass(minutes(10));
  EXPECT_EQ(stage.state("API"), State::up);
  stage.measure("API", -1);
  stage.pass(minutes(10));
  EXPECT_EQ(stage.state("API"), State::unknown) << "stale";
  stage.measure("API", 100, 0.01);
  stage.pass(minutes(80));  // beyond the hour that is looked back for enough of them
  EXPECT_EQ(stage.state("API"), State::unknown) << "too few requests";
}

TEST(Truth, ThresholdsAreExact) {
  for (const auto& [share, state] : {std::pair{99.00, State::up},
                                     {98.99, State::issue},
                                     {90.0, State::issue},
                                     {89.0, State::down},
                                     {0.0, State::down}}) {
    Theatre stage({"API"}, {"API"}, {});
    stage.measure("API", share, 10'000);
    stage.pass(minutes(10));
    EXPECT_EQ(stage.state("API"), state) << share;
  }
}

TEST(Truth, AStatedDownStaysUnderAMeasuredHundredPercent) {
  Theatre stage({"API"}, {"API"}, {});
  stage.measure("API", 100);
  stage.pass(minutes(10));
  stage.say("API-DOWN: the probe cannot see it, customers can");
  stage.pass(minutes(20));
  EXPECT_EQ(stage.state("API"), State::down);
}

TEST(Truth, FortyServicesFailingAtOnceAreOneIncidentAndOneAnnouncement) {
  std::vector<std::string> ids;
  for (int n = 0; n < 40; ++n) ids.push_back("S" + std::to_string(n));
  Theatre stage(ids, ids, {{"fedi", "mastodon", true, false}});
  for (const auto& id : ids) stage.measure(id, 100);
  stage.poll_all();
  stage.pass(minutes(10));
  for (const auto& id : ids) stage.measure(id, 95);
  stage.pass(minutes(10));
  EXPECT_EQ(stage.board()->incidents.size(), 1u);
  ASSERT_EQ(stage.said("fedi").size(), 1u);
  EXPECT_EQ(stage.said("fedi")[0].rfind("ALL-ISSUE:", 0), 0u) << stage.said("fedi")[0];
}

}  // namespace
}  // namespace signalbox::testing
