#include <gtest/gtest.h>

#include "availability/hysteresis.h"
#include "feed.h"

namespace signalbox::availability {
namespace {

/// The verdict after tries written `+` (good) and `-` (failed), a minute apart.
Measurement after(std::string_view tries) {
  Judge judge(Thresholds{}, minutes(1));
  Time now = kStart;
  for (const char c : tries) judge.add(attempt(now += minutes(1), c == '+'));
  return judge.evaluate(now);
}

TEST(Checks, AreDownAfterTwoOfThreeFailedAndUpAfterTwoGood) {
  using enum State;
  const std::vector<std::pair<std::string_view, State>> table{
      {"+", unknown}, {"-", unknown}, {"++", up},     {"--", down},   {"+-", unknown},
      {"-+-", down},  {"++-", up},    {"++-+", up},   {"++--", down}, {"++-+-", down},
      {"--+", down},  {"--++", up},   {"-+-+", down}, {"-+-++", up},  {"---+-", down},
  };
  for (const auto& [tries, state] : table) EXPECT_EQ(after(tries).state, state) << tries;
}

TEST(Checks, SayHowManyTriesFailed) {
  const Measurement m = after("-+-");
  EXPECT_EQ(m.good, 1);
  EXPECT_EQ(m.total, 3);
  EXPECT_EQ(m.window, Duration(0)) << "tries, not requests";
  EXPECT_EQ(m.reason, "check_failed");
}

TEST(Checks, BeginAnewAfterAPause) {
  Judge judge(Thresholds{}, minutes(1));
  judge.add(attempt(kStart, false));
  judge.add(attempt(kStart + minutes(1), false));
  judge.add(attempt(kStart + minutes(10), true));
  EXPECT_EQ(judge.evaluate(kStart + minutes(10)).state, State::unknown);
}

TEST(Checks, AreNeverSummedWithRequests) {
  Judge judge(Thresholds{}, minutes(1));
  judge.add(requests(kStart, 1000, 1000));
  judge.add(attempt(kStart, false));
  judge.add(attempt(kStart + seconds(1), false));
  const Measurement m = judge.evaluate(kStart + seconds(1));
  EXPECT_EQ(m.state, State::down) << "the worse of the two verdicts";
  EXPECT_EQ(m.total, 2);
}

TEST(Checks, DoNotHideWorseRequests) {
  Judge judge(Thresholds{}, minutes(1));
  for (int i = 0; i < 2; ++i) {
    judge.add(requests(kStart + minutes(i), 500, 1000));
    judge.add(attempt(kStart + minutes(i), true));
  }
  const Measurement m = judge.evaluate(kStart + minutes(1));
  EXPECT_EQ(m.state, State::down);
  EXPECT_EQ(m.total, 2000);
}

TEST(Checks, SpeakAloneWhileRequestsAreTooFewOrStale) {
  Judge judge(Thresholds{}, minutes(1));
  judge.add(requests(kStart, 1, 1));
  judge.add(attempt(kStart, true));
  judge.add(attempt(kStart + minutes(1), true));
  EXPECT_EQ(judge.evaluate(kStart + minutes(1)).state, State::up);
  judge.add(attempt(kStart + minutes(3), true));
  EXPECT_EQ(judge.evaluate(kStart + minutes(3)).state, State::up);
}

TEST(Checks, ThatAreStaleSayNothing) {
  Judge judge(Thresholds{}, minutes(1));
  judge.add(attempt(kStart, false, "API/tcp/1"));
  judge.add(attempt(kStart + seconds(1), false, "API/tcp/1"));
  judge.add(attempt(kStart + minutes(4), true));
  judge.add(attempt(kStart + minutes(5), true));
  EXPECT_EQ(judge.evaluate(kStart + minutes(5)).state, State::up);
  EXPECT_EQ(judge.evaluate(kStart + minutes(8)).reason, "stale");
}

TEST(Checks, OfAMaintenanceDoNotCount) {
  Judge judge(Thresholds{}, minutes(1));
  judge.keep_quiet({{kStart, kStart + minutes(2)}});
  judge.add(attempt(kStart, false));
  judge.add(attempt(kStart + minutes(1), false));
  EXPECT_EQ(judge.evaluate(kStart + minutes(1)).state, State::unknown);
}

TEST(Checks, AreFreshForThreeOfTheirOwnIntervals) {
  Judge judge(Thresholds{}, minutes(1));
  judge.expect_checks({{"API/http/1", CheckRules{.every = minutes(10)}}});
  judge.add(attempt(kStart, false));
  judge.add(attempt(kStart + minutes(10), false));
  EXPECT_EQ(judge.evaluate(kStart + minutes(39)).state, State::down);
  EXPECT_EQ(judge.next_change(), kStart + minutes(40));
  EXPECT_EQ(judge.evaluate(kStart + minutes(40)).state, State::unknown);
}

TEST(Checks, AreFreshForThreeMinutesAtLeast) {
  Judge judge(Thresholds{}, minutes(1));
  judge.expect_checks({{"API/http/1", CheckRules{.every = seconds(5)}}});
  judge.add(attempt(kStart, true));
  judge.add(attempt(kStart + seconds(5), true));
  EXPECT_EQ(judge.evaluate(kStart + minutes(3)).state, State::up);
  EXPECT_EQ(judge.evaluate(kStart + minutes(4)).state, State::unknown);
}

}  // namespace
}  // namespace signalbox::availability
