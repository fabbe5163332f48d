// Our own words, read back by our own poller, change nothing; with crashes in between, too.
#include <gtest/gtest.h>

#include "tests/support/theatre/theatre.h"

namespace signalbox::testing {
namespace {

using std::chrono::minutes;

class Echo : public ::testing::TestWithParam<const char*> {};

TEST_P(Echo, FiftyFlapsOnASharedAccountMakeNoIncidentOfOurOwnWords) {
  Theatre stage({"API"}, {"API"}, {{"net", GetParam(), true, true}});
  stage.plan().habits.better_after["API"] = minutes(1);
  stage.measure("API", 100);
  stage.poll_all();
  stage.pass(minutes(6));
  stage.crash_sometimes(0.002, 42);
  for (int flap = 0; flap < 50; ++flap) {
    stage.measure("API", 50);
    stage.pass(minutes(7));
    stage.measure("API", 100);
    stage.pass(minutes(13));
  }
  for (const Incident& incident : stage.board()->incidents) {
    EXPECT_TRUE(incident.automatic) << incident.name;
    EXPECT_FALSE(incident.touched) << incident.name;
    EXPECT_FALSE(incident.open()) << incident.name;
  }
  EXPECT_EQ(stage.board()->incidents.size(), 50u);
  EXPECT_EQ(stage.state("API"), State::up);
  EXPECT_EQ(stage.said_with("net", "API-DOWN"), 50u);
  EXPECT_EQ(stage.said_with("net", "API-UP"), 50u);
}

INSTANTIATE_TEST_SUITE_P(Networks, Echo, ::testing::Values("mastodon", "slack", "twitter"));

}  // namespace
}  // namespace signalbox::testing
