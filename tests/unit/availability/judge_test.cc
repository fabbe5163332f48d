#include <gtest/gtest.h>

#include <cmath>

#include "feed.h"

namespace signalbox::availability {
namespace {

struct ShareCase {
  double good, total;
  State state;
  std::string reason;
};

class Shares : public testing::TestWithParam<ShareCase> {};

TEST_P(Shares, AreJudgedByTheExactThresholds) {
  const auto& [good, total, state, reason] = GetParam();
  const std::vector readings{requests(kStart, good, total)};
  const Measurement m = judge(readings, Thresholds{}, kStart + seconds(5));
  EXPECT_EQ(m.state, state);
  EXPECT_EQ(m.reason, reason);
  EXPECT_TRUE(m.fresh);
  EXPECT_EQ(m.good, good);
  EXPECT_EQ(m.total, total);
  EXPECT_EQ(m.window, minutes(5));
}

INSTANTIATE_TEST_SUITE_P(Table, Shares,
                         testing::Values(ShareCase{10000, 10000, State::up, "share_good"},
                                         ShareCase{9900, 10000, State::up, "share_good"},
                                         ShareCase{9899, 10000, State::issue, "share_below_issue"},
                                         ShareCase{9000, 10000, State::issue, "share_below_issue"},
                                         ShareCase{8999, 10000, State::down, "share_below_down"},
                                         ShareCase{89, 100, State::down, "share_below_down"},
                                         ShareCase{0, 20, State::down, "share_below_down"},
                                         ShareCase{19, 19, State::unknown, "too_few_requests"},
                                         ShareCase{0, 0, State::unknown, "too_few_requests"}));

TEST(Judging, TakesAShareThatIsExactlyOnAThresholdAsGoodEnough) {
  Thresholds t;
  for (const double threshold : {99.9, 99.95, 99.99, 33.3}) {
    t.issue_below = threshold;
    t.down_below = 1;
    const std::vector readings{requests(kStart, threshold * 1000, 100000)};
    EXPECT_EQ(judge(readings, t, kStart).state, State::up) << threshold;
  }
}

TEST(Judging, WithoutAnyReadingIsUnknown) {
  const Measurement m = judge({}, Thresholds{}, kStart);
  EXPECT_EQ(m.state, State::unknown);
  EXPECT_EQ(m.reason, "no_reading");
  EXPECT_FALSE(m.fresh);
}

TEST(Judging, IsUnknownFromStaleAfterOn) {
  const std::vector readings{requests(kStart, 100, 100)};
  EXPECT_EQ(judge(readings, Thresholds{}, kStart + minutes(3) - Duration(1)).state, State::up);
  const Measurement m = judge(readings, Thresholds{}, kStart + minutes(3));
  EXPECT_EQ(m.state, State::unknown);
  EXPECT_EQ(m.reason, "stale");
  EXPECT_EQ(m.at, kStart);
  EXPECT_FALSE(m.fresh);
}

TEST(Judging, SumsTheWindowAndNothingBeforeIt) {
  const std::vector readings{requests(kStart, 0, 1000), requests(kStart + minutes(1), 50, 100),
                             requests(kStart + minutes(5), 100, 100)};
  const Measurement m = judge(readings, Thresholds{}, kStart + minutes(5));
  EXPECT_EQ(m.good, 150);
  EXPECT_EQ(m.total, 200);
}

TEST(Judging, TakesOlderReadingsUntilThereAreEnoughRequests) {
  const std::vector readings{requests(kStart, 0, 50), requests(kStart + minutes(20), 9, 10),
                             requests(kStart + minutes(40), 8, 10),
                             requests(kStart + minutes(50), 5, 5)};
  const Measurement m = judge(readings, Thresholds{}, kStart + minutes(50));
  EXPECT_EQ(m.total, 25) << "the first reading is not needed";
  EXPECT_EQ(m.good, 22);
  EXPECT_EQ(m.window, minutes(30));
  EXPECT_EQ(m.state, State::down);
}

TEST(Judging, NeverTakesReadingsOfAnHourAgo) {
  const std::vector readings{requests(kStart, 100, 100), requests(kStart + hours(1), 19, 19)};
  EXPECT_EQ(judge(readings, Thresholds{}, kStart + hours(1)).reason, "too_few_requests");
  const std::vector nearer{requests(kStart + Duration(1), 100, 100),
                           requests(kStart + hours(1), 19, 19)};
  EXPECT_EQ(judge(nearer, Thresholds{}, kStart + hours(1)).state, State::up);
}

TEST(Judging, LooksAwayFromWhatIsStillToCome) {
  const std::vector readings{requests(kStart, 100, 100), requests(kStart + minutes(1), 0, 100)};
  EXPECT_EQ(judge(readings, Thresholds{}, kStart).state, State::up);
}

TEST(Readings, ThatMakeNoSenseChangeNothing) {
  for (const auto& [good, total] : {std::pair{2.0, 1.0},
                                    {-1.0, 100.0},
                                    {std::nan(""), 100.0},
                                    {100.0, std::nan("")},
                                    {100.0, HUGE_VAL}}) {
    Judge judge(Thresholds{}, minutes(1));
    judge.add(requests(kStart, good, total));
    EXPECT_EQ(judge.evaluate(kStart).reason, "no_reading") << good << "/" << total;
  }
}

}  // namespace
}  // namespace signalbox::availability
