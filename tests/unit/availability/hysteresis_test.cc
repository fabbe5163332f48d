#include "availability/hysteresis.h"

#include <gtest/gtest.h>

#include "feed.h"

namespace signalbox::availability {
namespace {

TEST(Hysteresis, ReachesTheWorstLevelThatTwoOfThreeEvaluationsReach) {
  using enum State;
  const std::vector<std::pair<std::deque<State>, State>> table{
      {{}, up},
      {{down}, up},
      {{up, down, down}, down},
      {{down, up, issue}, issue},
      {{issue, up, up}, up},
      {{down, unknown, down}, down},
      {{issue, unknown, unknown}, up},
      {{issue, issue, down}, issue},
      {{up, issue, issue}, issue},
  };
  for (const auto& [evaluations, level] : table) EXPECT_EQ(reached_twice(evaluations), level);
}

TEST(Hysteresis, TakesTheFirstUpAtOnce) {
  Minutes service;
  EXPECT_EQ(service.say(100).state, State::up);
}

TEST(Hysteresis, NeedsTwoEvaluationsForAFirstTrouble) {
  Minutes service;
  const Measurement first = service.say(50);
  EXPECT_EQ(first.state, State::unknown);
  EXPECT_EQ(first.reason, "not_yet_confirmed");
  EXPECT_EQ(service.say(50).state, State::down);
}

TEST(Hysteresis, IgnoresOneBadEvaluation) {
  Minutes service;
  service.say_for(5, 100);
  // 1000 of 1005 requests in the window were good before and after: only one evaluation is bad.
  service.now += minutes(1);
  service.judge.add(requests(service.now, 0, 100));
  EXPECT_EQ(service.judge.evaluate(service.now).state, State::up);
  EXPECT_EQ(service.say(100, 100000).state, State::up);
}

TEST(Hysteresis, GoesWorseAtTheSecondOfThreeBadEvaluations) {
  Minutes service;
  service.say_for(10, 100);
  EXPECT_EQ(service.say(0).state, State::up);
  const Measurement m = service.say(0);
  EXPECT_EQ(m.state, State::down);
  EXPECT_EQ(m.good, 3000);
  EXPECT_EQ(m.total, 5000);
}

TEST(Hysteresis, GoesBetterOnlyAfterBetterAfterWithoutTrouble) {
  Minutes service;
  service.say_for(5, 100);
  service.say_for(5, 80);
  ASSERT_EQ(service.say(80).state, State::down);
  EXPECT_EQ(service.say_for(4, 100).state, State::issue) << "the newest 5 minutes reach 96 %";
  EXPECT_EQ(service.say(100).state, State::up);
}

TEST(Hysteresis, DoesNotGoBetterOverAGap) {
  Minutes service;
  service.say_for(5, 100);
  service.say_for(6, 50);
  service.say_for(2, 100);
  service.now += minutes(1);  // one reading is missing
  service.say_for(2, 100);
  EXPECT_EQ(service.say(100).state, State::down);
  EXPECT_EQ(service.say(100).state, State::down);
  EXPECT_EQ(service.say(100).state, State::up) << "five minutes in a row at last";
}

TEST(Hysteresis, FillsAGapByReadingsThatComeLate) {
  Minutes service;
  service.say_for(5, 100);
  service.say_for(6, 50);
  service.say_for(2, 100);
  service.now += minutes(1);
  const Time missed = service.now;
  service.say_for(1, 100);
  service.judge.add(requests(missed, 1000, 1000));
  EXPECT_EQ(service.say(100).state, State::up);
}

TEST(Hysteresis, DoesNotFallBackOnWhatLiesBeforeTheBetterStretch) {
  Thresholds t;
  t.better_after = minutes(1);
  Minutes service{.judge = Judge(t, minutes(1))};
  service.say_for(5, 100);
  ASSERT_EQ(service.say_for(3, 0).state, State::down);
  EXPECT_EQ(service.say(100).state, State::up);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(service.say(100).state, State::up);
}

TEST(Hysteresis, LetsAQuietServiceRecoverByItsNewestRequests) {
  Minutes service;
  service.say_for(10, 100, 2);
  ASSERT_EQ(service.say_for(10, 0, 2).state, State::down);
  Measurement m;
  for (int i = 0; i < 12; ++i) m = service.say(100, 2);
  EXPECT_EQ(m.state, State::up) << "24 good requests since";
}

}  // namespace
}  // namespace signalbox::availability
