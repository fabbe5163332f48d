#include <gtest/gtest.h>

#include "feed.h"

namespace signalbox::availability {
namespace {

TEST(Running, BecomesUnknownWhenTheNewestReadingIsStale) {
  Minutes service;
  service.say_for(5, 100);
  const Time newest = service.now;
  EXPECT_EQ(service.judge.next_change(), newest + minutes(3));
  EXPECT_EQ(service.silence(minutes(3) - Duration(1)).state, State::up);
  const Measurement m = service.silence(Duration(1));
  EXPECT_EQ(m.state, State::unknown);
  EXPECT_EQ(m.reason, "stale");
  EXPECT_EQ(m.at, newest);
  EXPECT_FALSE(m.fresh);
  EXPECT_EQ(service.judge.next_change(), std::nullopt);
}

TEST(Running, KeepsTheInstantOfTheLastReadingForEver) {
  Minutes service;
  service.say(100);
  const Time newest = service.now;
  EXPECT_EQ(service.silence(hours(48)).at, newest);
}

TEST(Running, ComesOutOfUnknownAtOnceWhenNothingChanged) {
  Minutes service;
  service.say_for(5, 100);
  service.silence(minutes(10));
  EXPECT_EQ(service.say(100).state, State::up);
}

TEST(Running, ComesOutOfUnknownToWorseAfterTwoEvaluations) {
  Minutes service;
  service.say_for(5, 100);
  service.silence(minutes(10));
  EXPECT_EQ(service.say(0).state, State::unknown);
  EXPECT_EQ(service.say(0).state, State::down);
}

TEST(Running, ComesOutOfUnknownToBetterAfterBetterAfter) {
  Minutes service;
  service.say_for(5, 0);
  service.silence(minutes(10));
  EXPECT_EQ(service.say_for(4, 100).state, State::unknown);
  EXPECT_EQ(service.say(100).state, State::up);
}

TEST(Running, HoldsTroubleOfBeforeAPauseAgainstNobody) {
  Minutes service;
  service.say_for(5, 100);
  service.say(0, 100000);
  service.silence(minutes(10));
  service.say(0);
  EXPECT_EQ(service.silence(Duration(0)).state, State::unknown) << "one bad evaluation only";
}

TEST(Running, EvaluatesEachInstantOnceHoweverOftenItIsAsked) {
  Minutes service;
  service.say_for(5, 100);
  service.say(0);
  for (int i = 0; i < 9; ++i) EXPECT_EQ(service.silence(seconds(1)).state, State::up);
}

TEST(Running, CountsAReadingThatComesTwiceOnce) {
  Minutes once;
  Minutes twice;
  for (int i = 0; i < 8; ++i) {
    const double percent = i % 2 == 0 ? 97 : 100;
    once.say(percent);
    twice.say(percent);
    twice.judge.add(requests(twice.now, 10 * percent, 1000));
    EXPECT_EQ(once.judge.evaluate(once.now), twice.judge.evaluate(twice.now));
  }
}

TEST(Running, SumsACorrectedReadingAsItIsNow) {
  Judge judge(Thresholds{}, minutes(1));
  judge.add(requests(kStart, 50, 100));
  judge.evaluate(kStart);
  judge.add(requests(kStart, 199, 200));
  judge.add(requests(kStart + minutes(1), 100, 100));
  const Measurement m = judge.evaluate(kStart + minutes(1));
  EXPECT_EQ(m.good, 299);
  EXPECT_EQ(m.total, 300);
}

TEST(Running, SumsSourcesOfOneInstant) {
  Judge judge(Thresholds{}, minutes(1));
  judge.add(requests(kStart, 100, 100, "a"));
  judge.add(requests(kStart, 90, 100, "b"));
  judge.add(requests(kStart + minutes(1), 100, 100, "a"));
  judge.add(requests(kStart + minutes(1), 90, 100, "b"));
  const Measurement m = judge.evaluate(kStart + minutes(1));
  EXPECT_EQ(m.total, 400);
  EXPECT_EQ(m.state, State::issue);
}

TEST(Running, LeavesOutWhatFallsIntoAMaintenance) {
  Minutes service;
  service.say_for(5, 100);
  service.judge.keep_quiet({{service.now, service.now + minutes(2) + Duration(1)}});
  service.say_for(2, 0);
  const Measurement m = service.say(100);
  EXPECT_EQ(m.state, State::up);
  EXPECT_EQ(m.good, m.total);
}

TEST(Running, DropsReadingsOfTheFutureWhenTheClockJumpsBack) {
  Minutes service;
  service.say_for(5, 100);
  service.now -= hours(3);
  EXPECT_EQ(service.silence(Duration(0)).state, State::unknown) << "no evidence of this hour";
  EXPECT_EQ(service.say(100).state, State::up);
  service.say(0);
  EXPECT_EQ(service.say(0).state, State::down);
}

TEST(Running, TakesAJumpForwardAsSilence) {
  Minutes service;
  service.say_for(5, 100);
  EXPECT_EQ(service.silence(hours(24)).state, State::unknown);
  EXPECT_EQ(service.say(100).state, State::up);
}

TEST(Running, AllowsASourceWhoseClockIsALittleAhead) {
  Judge judge(Thresholds{}, minutes(1));
  judge.add(requests(kStart + seconds(20), 100, 100));
  EXPECT_EQ(judge.evaluate(kStart).state, State::up);
}

TEST(Running, GoesOnAfterARestartWhereItStood) {
  Minutes before;
  before.say_for(5, 100);
  before.say_for(2, 0);
  const Measurement fell = before.judge.evaluate(before.now);
  ASSERT_EQ(fell.state, State::down);
  std::vector<Reading> kept;
  for (int i = 1; i <= 3; ++i) kept.push_back(requests(before.now + minutes(i), 1000, 1000));
  Minutes after{.now = before.now + minutes(3)};
  after.judge.resume(fell);
  for (const Reading& r : kept) after.judge.add(r);
  EXPECT_EQ(after.judge.evaluate(after.now).state, State::down);
  EXPECT_EQ(after.say_for(2, 100).state, State::up);
}

TEST(Running, AfterARestartIsUnknownUntilSomethingFreshIsRead) {
  Minutes before;
  const Measurement last = before.say_for(5, 100);
  Judge after(Thresholds{}, minutes(1));
  after.resume(last);
  EXPECT_EQ(after.evaluate(before.now + minutes(4)).state, State::unknown);
}

TEST(Running, FindsItsLevelAgainWhenItWasUnknownAtTheRestart) {
  for (const double percent : {100.0, 0.0}) {
    Minutes before;
    before.say_for(5, percent);
    const Measurement stale = before.silence(minutes(5));
    ASSERT_EQ(stale.state, State::unknown);
    Minutes after;
    after.judge.resume(stale);
    for (int i = 1; i <= 5; ++i) {
      after.judge.add(requests(kStart + minutes(i), percent * 10, 1000));
    }
    after.now = before.now;
    EXPECT_EQ(after.silence(Duration(0)).state, State::unknown);
    EXPECT_EQ(after.say(100).state, before.say(100).state);
    EXPECT_EQ(after.say_for(4, 100).state, State::up);
  }
}

TEST(Running, KeepsNoMoreThanItNeeds) {
  Judge judge(Thresholds{}, seconds(1));
  for (int i = 0; i < 20000; ++i) judge.add(requests(kStart + seconds(i), 1, 1));
  EXPECT_EQ(judge.evaluate(kStart + seconds(19999)).total, 300);
}

}  // namespace
}  // namespace signalbox::availability
