#include "model/latencies.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace signalbox {
namespace {

using std::chrono::milliseconds;

TEST(Latencies, GiveQuantilesWithinTheirError) {
  std::mt19937 random(7);
  std::lognormal_distribution<double> spread(5, 1.5);
  std::vector<double> exact;
  Latencies counted;
  for (int i = 0; i < 20'000; ++i) {
    const auto took = std::clamp(std::round(spread(random)), 0.0, 3.6e6);
    exact.push_back(took);
    counted.add(milliseconds(static_cast<int>(took)));
  }
  std::ranges::sort(exact);
  for (const double q : {0.0, 0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
    const auto rank = static_cast<std::size_t>(std::max(1.0, std::ceil(q * 20'000))) - 1;
    const auto found = static_cast<double>(counted.quantile(q)->count());
    EXPECT_NEAR(found, exact[rank], std::max(0.5, exact[rank] * Latencies::kError)) << q;
  }
}

TEST(Latencies, MergeAndAreTakenBack) {
  Latencies morning;
  morning.add(milliseconds(12), 3);
  morning.add(milliseconds(900));
  Latencies evening;
  evening.add(milliseconds(12));
  evening.add(std::chrono::hours(9));
  Latencies day = morning;
  day.add(evening);
  EXPECT_EQ(day.count(), 6);
  EXPECT_EQ(day.quantile(1), std::chrono::hours(1)) << "longer than an hour counts as an hour";
  day.take_back(evening);
  EXPECT_EQ(day, morning);
  day.take_back(morning);
  EXPECT_TRUE(day.empty());
  EXPECT_EQ(day.quantile(0.5), std::nullopt);
}

TEST(Latencies, AreReadAsWritten) {
  Latencies counted;
  counted.add(milliseconds(0));
  counted.add(milliseconds(51), 1e9);
  counted.add(std::chrono::hours(1), 0.5);
  EXPECT_EQ(Latencies::decode(counted.encode()).value(), counted);
  EXPECT_EQ(Latencies::decode("").value(), Latencies());
  for (const std::string& nonsense : {std::string(9, 'x'), std::string(10, '\xff')}) {
    EXPECT_EQ(Latencies::decode(nonsense).error().code, Error::Code::corrupt);
  }
  const std::string one = counted.encode().substr(0, 10);
  EXPECT_FALSE(Latencies::decode(one + one)) << "a step stands once";
}

}  // namespace
}  // namespace signalbox
