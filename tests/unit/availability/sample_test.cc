#include "availability/sample.h"

#include <gtest/gtest.h>

#include <vector>

namespace signalbox::availability {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Time kStart = std::chrono::sys_days(std::chrono::days(20000));

Reading reading(int second, const char* source = "prom", double good = 9) {
  Reading one;
  one.source = source;
  one.service = "API";
  one.instant = kStart + seconds(second);
  one.good = good;
  one.total = 10;
  return one;
}

std::vector<int> seconds_of(const Samples& samples) {
  std::vector<int> all;
  for (const Sample& one : samples.all()) {
    all.push_back(static_cast<int>((one.instant - kStart) / seconds(1)));
  }
  return all;
}

TEST(Samples, StandByTheirInstantsHoweverTheyCome) {
  Samples samples;
  for (const int second : {3, 1, 2, 5, 4}) samples.put(reading(second), false);
  EXPECT_EQ(seconds_of(samples), (std::vector{1, 2, 3, 4, 5}));
  EXPECT_EQ(samples.newest(), kStart + seconds(5));
}

TEST(Samples, TakeThePlaceOfThoseOfTheirSourceAndInstantOnly) {
  Samples samples;
  samples.put(reading(1, "prom", 1), false);
  samples.put(reading(1, "log", 2), false);
  samples.put(reading(2), false);
  samples.put(reading(1, "prom", 3), false);
  double good = 0;
  for (const Sample& one : samples.all()) good += one.good;
  EXPECT_EQ(seconds_of(samples), (std::vector{1, 1, 2}));
  EXPECT_EQ(good, 3 + 2 + 9);
}

TEST(Samples, AreNoMoreThanTheLimitAndTheOldestGo) {
  Samples samples;
  const int most = static_cast<int>(Samples::kMost);
  for (int second = 0; second < most + 10; ++second) samples.put(reading(second), false);
  const std::vector<int> held = seconds_of(samples);
  EXPECT_EQ(held.size(), Samples::kMost);
  EXPECT_EQ(held.front(), 10);
  EXPECT_EQ(held.back(), most + 9);
}

TEST(Samples, OutsideTheTimeAskedForAreDropped) {
  Samples samples;
  for (int second = 0; second < 10; ++second) samples.put(reading(second), false);
  samples.keep_within(kStart + seconds(3), kStart + seconds(6));
  EXPECT_EQ(seconds_of(samples), (std::vector{3, 4, 5, 6}));
  samples.keep_within(kStart + minutes(1), kStart + minutes(2));
  EXPECT_TRUE(samples.empty());
}

TEST(Samples, AreMarkedAnewWhenQuietTimesMove) {
  Samples samples;
  for (int second = 0; second < 4; ++second) samples.put(reading(second), second == 0);
  samples.mark({{kStart + seconds(2), kStart + seconds(3)}});
  std::vector<bool> quiet;
  for (const Sample& one : samples.all()) quiet.push_back(one.quiet);
  EXPECT_EQ(quiet, (std::vector{false, false, true, false}));
}

}  // namespace
}  // namespace signalbox::availability
