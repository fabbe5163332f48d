// Requests by interval: any instant, any order, nothing lost between blocks.
#include <gtest/gtest.h>

#include <random>

#include "connectors/access_log/series.h"

namespace signalbox::connectors::access_log {
namespace {

TEST(AccessLogSeries, HoldsWhatAMapWould) {
  std::mt19937 chance(7);
  Series series{std::chrono::seconds(10)};
  Series half{std::chrono::seconds(10)};
  std::map<std::int64_t, std::uint32_t> expected;
  for (int i = 0; i < 2000; ++i) {
    const auto number = static_cast<std::int64_t>(chance() % 5000) - 2500;
    (i % 2 == 0 ? series : half).cell(number).total += 1;
    ++expected[number];
  }
  series.add(half);
  Series copy = series;
  copy.cell(99999).total += 1;
  EXPECT_EQ(*series.first(), expected.begin()->first);
  EXPECT_EQ(*series.last(), expected.rbegin()->first);
  std::size_t found = 0;
  for (auto at = series.first(); at; at = series.next(*at + 1), ++found)
    EXPECT_EQ(series.at(*at).total, expected.at(*at));
  EXPECT_EQ(found, expected.size());
}

TEST(AccessLogSeries, NumbersInstantsBefore1970Too) {
  const Series series{std::chrono::seconds(10)};
  EXPECT_EQ(series.number(Time(Duration(-1))), -1);
  EXPECT_EQ(series.number(Time(Duration(0))), 0);
  EXPECT_EQ(series.number(Time(Duration(-10000))), -1);
  EXPECT_EQ(series.begins(-1), Time(Duration(-10000)));
  EXPECT_FALSE(series.first());
  EXPECT_FALSE(series.last());
}

}  // namespace
}  // namespace signalbox::connectors::access_log
