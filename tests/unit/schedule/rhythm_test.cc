#include "schedule/rhythm.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <vector>

namespace signalbox::schedule {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Duration kEvery = seconds(30);

std::vector<std::string> names(std::size_t many) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < many; ++i) {
    all.push_back("SERVICE-" + std::to_string(i / 10) + "/http" + std::to_string(i % 10));
  }
  return all;
}

/// How many of `checks` have their turn in each tenth of a second of the interval.
std::vector<int> tenths(std::size_t checks) {
  std::vector<int> bins(300, 0);
  for (const Duration at : beats(kEvery, names(checks))) {
    EXPECT_EQ(at % kStep, Duration(0));
    ++bins.at(static_cast<std::size_t>(at / milliseconds(100)));
  }
  return bins;
}

TEST(Beat, SpreadsTenThousandEvenlyOverTheInterval) {
  const auto bins = tenths(10'000);
  EXPECT_LE(*std::ranges::max_element(bins), 35);  // 33.3 on the mean
  EXPECT_GE(*std::ranges::min_element(bins), 20);
  const auto scarce = std::ranges::count_if(bins, [](int bin) { return bin < 30; });
  EXPECT_LE(scarce, 60);
}

TEST(Beat, SpreadsAnyNumberEvenly) {
  for (const std::size_t checks : {0, 1, 7, 100, 285, 300, 333, 3000, 9999}) {
    const auto bins = tenths(checks);
    const auto most = static_cast<int>((checks * 21 + 5999) / 6000);
    EXPECT_LE(*std::ranges::max_element(bins), most) << checks;
    EXPECT_EQ(std::accumulate(bins.begin(), bins.end(), std::size_t{0}), checks);
  }
  EXPECT_EQ(beats(Duration(0), {"a", "b"}), (std::vector<Duration>{Duration(0), Duration(0)}));
}

TEST(Beat, IsANamesOwnWhereverItStands) {
  const std::vector<std::string> before = names(1000);
  const std::vector<Duration> was = beats(kEvery, before);
  std::vector<std::string> turned(before.rbegin(), before.rend());
  const std::vector<Duration> now = beats(kEvery, turned);
  EXPECT_TRUE(std::equal(was.begin(), was.end(), now.rbegin()));
}

TEST(Beat, StaysWhenOthersJoinAmidThem) {
  for (const auto& [many, few] :
       {std::pair{20U, 10U}, {1000U, 10U}, {9990U, 10U}, {10'000U, 500U}}) {
    // With 10,000, each step gets room for one more.
    const std::vector<std::string> before = names(many);
    const std::vector<Duration> was = beats(kEvery, before);
    std::size_t moved = 0;
    for (int round = 0; round < 20; ++round) {
      std::vector<std::string> more = before;
      const auto middle = static_cast<std::ptrdiff_t>(many / 2);
      more.insert(more.begin() + middle, "NEW-" + std::to_string(round));
      std::vector<Duration> now = beats(kEvery, more);
      now.erase(now.begin() + middle);
      for (std::size_t i = 0; i < was.size(); ++i) moved += was[i] == now[i] ? 0 : 1;
    }
    EXPECT_LE(moved, 20 * few) << many;
  }
}

/// From any instant, as the wall clock and the monotonic one are apart.
TEST(Beat, AllBeginStrictlyWithinAnInterval) {
  const std::vector<Duration> all = beats(kEvery, names(10'000));
  for (const int ms : {0, 1, 49, 99, 100, 12'345, 29'999}) {
    const Time now{std::chrono::hours(480'000) + milliseconds(ms)};
    const SteadyTime steady{milliseconds(777'031)};
    std::vector<SteadyTime> starts;
    for (const Duration beat : all)
      starts.push_back(whole_step(first_beat(kEvery, beat, now, steady)));
    const auto [first, last] = std::ranges::minmax(starts);
    EXPECT_GE(first, steady);
    EXPECT_LT(last - first, kEvery) << ms;
  }
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
  for (const Duration beat : beats(kEvery, names(100))) {
    const Time before = first + wait_for_beat(kEvery, beat, first);
    const Time restart = first + milliseconds(71'234);
    const Time after = restart + wait_for_beat(kEvery, beat, restart);
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
