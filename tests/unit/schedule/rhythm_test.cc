#include "schedule/rhythm.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <vector>

namespace signalbox::schedule {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Duration kEvery = seconds(30);

/// How many of `checks` have their turn in each tenth of a second of the interval.
std::vector<int> tenths(std::size_t checks) {
  std::vector<int> bins(300, 0);
  for (std::size_t i = 0; i < checks; ++i) {
    const Duration at = beat(kEvery, i);
    ++bins.at(static_cast<std::size_t>(at / milliseconds(100)));
  }
  return bins;
}

TEST(Beat, SpreadsTenThousandEvenlyOverTheInterval) {
  const auto bins = tenths(10'000);
  EXPECT_LE(*std::ranges::max_element(bins), 36);  // 33.3 on the mean
  EXPECT_GE(*std::ranges::min_element(bins), 31);
}

TEST(Beat, SpreadsAnyNumberEvenly) {
  for (const std::size_t checks : {1, 7, 100, 333, 3000, 9999}) {
    const auto bins = tenths(checks);
    const auto most = static_cast<int>(checks / 300) + 3;
    EXPECT_LE(*std::ranges::max_element(bins), most) << checks;
  }
}

TEST(Beat, SpreadsEveryOtherOneEvenlyToo) {
  std::vector<int> bins(30, 0);
  for (std::size_t i = 0; i < 6000; i += 2) {
    ++bins.at(static_cast<std::size_t>(beat(kEvery, i) / seconds(1)));
  }
  EXPECT_LE(*std::ranges::max_element(bins), 103);
}

TEST(Beat, KeepsNeighboursApart) {
  for (std::size_t i = 0; i + 1 < 10'000; ++i) {
    const Duration apart = beat(kEvery, i + 1) - beat(kEvery, i);
    EXPECT_GT(std::max(apart, -apart), seconds(10)) << i;
  }
  EXPECT_EQ(beat(Duration(0), 7), Duration(0));
}

TEST(Beat, IsWaitedForLessThanAnInterval) {
  const Time noon{std::chrono::hours(480'000)};
  EXPECT_EQ(wait_for_beat(kEvery, seconds(12), noon), seconds(12));
  EXPECT_EQ(wait_for_beat(kEvery, seconds(12), noon + seconds(12)), seconds(0));
  EXPECT_EQ(wait_for_beat(kEvery, seconds(12), noon + milliseconds(12'001)), milliseconds(29'999));
  EXPECT_EQ(wait_for_beat(kEvery, seconds(12), Time(milliseconds(-1))), milliseconds(12'001));
  EXPECT_EQ(wait_for_beat(Duration(0), Duration(0), noon), Duration(0));
}

TEST(Beat, GoesOnAfterARestartWhereItWas) {
  const Time first{std::chrono::hours(480'000)};
  for (std::size_t i = 0; i < 100; ++i) {
    const Time before = first + wait_for_beat(kEvery, beat(kEvery, i), first);
    const Time restart = first + milliseconds(71'234);
    const Time after = restart + wait_for_beat(kEvery, beat(kEvery, i), restart);
    EXPECT_EQ((after - before) % kEvery, Duration(0));
  }
}

TEST(Beat, LeavesOutWhatALongTurnMissed) {
  const SteadyTime due{seconds(1000)};
  EXPECT_EQ(next_beat(kEvery, due, due), due + kEvery);
  EXPECT_EQ(next_beat(kEvery, due, due + seconds(3)), due + kEvery);
  EXPECT_EQ(next_beat(kEvery, due, due + seconds(30)), due + seconds(60));
  EXPECT_EQ(next_beat(kEvery, due, due + seconds(61)), due + seconds(90));
  EXPECT_EQ(next_beat(kEvery, due + seconds(5), due), due + seconds(5));
}

TEST(Beat, FallsOnAWholeStepSoonAfter) {
  std::map<SteadyTime, int> steps;
  for (int i = 0; i < 1000; ++i) {
    const SteadyTime due{milliseconds(i)};
    const SteadyTime at = whole_step(due);
    EXPECT_GE(at, due);
    EXPECT_LT(at - due, kStep);
    ++steps[at];
  }
  EXPECT_EQ(steps.size(), 11u);
  EXPECT_EQ(whole_step(SteadyTime(kStep)), SteadyTime(kStep));
}

}  // namespace
}  // namespace signalbox::schedule
