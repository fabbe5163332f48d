// A network that takes what we say and then drops the line: nothing is said twice, nothing is
// missing.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/support/theatre/theatre.h"

namespace signalbox::testing {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class LostAnswers : public ::testing::TestWithParam<const char*> {};

TEST_P(LostAnswers, ThreeHundredTransitionsAreEachToldOnce) {
  Theatre stage({"API"}, {}, {{"net", GetParam(), true, false}});
  stage.stage("net").ignores_keys();
  stage.poll_all();
  stage.lose_answers("net", 0.3, 7);
  stage.crash_sometimes(0.01, 11);
  constexpr int kTransitions = 300;
  for (int n = 0; n < kTransitions; ++n) {
    const std::string number = "#" + std::to_string(n) + ".";
    stage.say((n % 2 == 0 ? "API-DOWN: broken " : "API-UP: mended ") + number,
              "key-" + std::to_string(n));
    stage.pass(seconds(20));
  }
  stage.crash_sometimes(0, 0);
  stage.lose_answers("net", 0, 0);
  stage.pass(minutes(10));
  for (int n = 0; n < kTransitions; ++n) {
    EXPECT_EQ(stage.said_with("net", "#" + std::to_string(n) + "."), 1u) << "transition " << n;
  }
  EXPECT_EQ(stage.said("net").size(), static_cast<std::size_t>(kTransitions));
}

INSTANTIATE_TEST_SUITE_P(Networks, LostAnswers, ::testing::Values("mastodon", "slack", "twitter"));

}  // namespace
}  // namespace signalbox::testing
