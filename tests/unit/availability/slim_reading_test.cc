#include "availability/slim_reading.h"

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

std::vector<int> seconds_of(const SlimReadings& readings) {
  std::vector<int> all;
  for (const SlimReading& one : readings.all()) {
    all.push_back(static_cast<int>((one.instant - kStart) / seconds(1)));
  }
  return all;
}

TEST(SlimReadings, StandByTheirInstantsHoweverTheyCome) {
  SlimReadings readings;
  for (const int second : {3, 1, 2, 5, 4}) readings.put(reading(second), false);
  EXPECT_EQ(seconds_of(readings), (std::vector{1, 2, 3, 4, 5}));
  EXPECT_EQ(readings.newest(), kStart + seconds(5));
}

TEST(SlimReadings, TakeThePlaceOfThoseOfTheirSourceAndInstantOnly) {
  SlimReadings readings;
  readings.put(reading(1, "prom", 1), false);
  readings.put(reading(1, "log", 2), false);
  readings.put(reading(2), false);
  readings.put(reading(1, "prom", 3), false);
  double good = 0;
  for (const SlimReading& one : readings.all()) good += one.good;
  EXPECT_EQ(seconds_of(readings), (std::vector{1, 1, 2}));
  EXPECT_EQ(good, 3 + 2 + 9);
}

TEST(SlimReadings, AreNoMoreThanTheLimitAndTheOldestGo) {
  SlimReadings readings;
  const int most = static_cast<int>(SlimReadings::kMost);
  for (int second = 0; second < most + 10; ++second) readings.put(reading(second), false);
  const std::vector<int> held = seconds_of(readings);
  EXPECT_EQ(held.size(), SlimReadings::kMost);
  EXPECT_EQ(held.front(), 10);
  EXPECT_EQ(held.back(), most + 9);
}

TEST(SlimReadings, OutsideTheTimeAskedForAreDropped) {
  SlimReadings readings;
  for (int second = 0; second < 10; ++second) readings.put(reading(second), false);
  readings.keep_within(kStart + seconds(3), kStart + seconds(6));
  EXPECT_EQ(seconds_of(readings), (std::vector{3, 4, 5, 6}));
  for (unsigned call = 0; call < SlimReadings::kDropEvery; ++call) {
    EXPECT_EQ(readings.empty(), false) << "old ones go many at once, in call " << call;
    readings.keep_within(kStart + minutes(1), kStart + minutes(2));
  }
  EXPECT_TRUE(readings.empty());
}

TEST(SlimReadings, AreMarkedAnewWhenQuietTimesMove) {
  SlimReadings readings;
  for (int second = 0; second < 4; ++second) readings.put(reading(second), second == 0);
  readings.mark({{kStart + seconds(2), kStart + seconds(3)}});
  std::vector<bool> quiet;
  for (const SlimReading& one : readings.all()) quiet.push_back(one.quiet);
  EXPECT_EQ(quiet, (std::vector{false, false, true, false}));
}

}  // namespace
}  // namespace signalbox::availability
