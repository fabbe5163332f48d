// What a source promises of its readings.
#include <gmock/gmock.h>

#include <cmath>

#include "tests/conformance/meter/far_side.h"

namespace signalbox::testing {
namespace {

using connectors::meter_kinds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Readings = EveryMeter;
INSTANTIATE_TEST_SUITE_P(Meter, Readings, ::testing::ValuesIn(meter_kinds()),
                         [](const auto& one) { return std::string(one.param); });

TEST_P(Readings, AreWhatWasCounted) {
  counts(0, 9, 10);
  polled(0);
  for (int n = 1; n <= 3; ++n) {
    counts(n, 90 + n, 100);
    const auto measured = poll(n).value();
    for (const std::string service : {"A", "B"}) {
      const auto readings = of(measured, service);
      ASSERT_THAT(readings, SizeIs(1)) << service << n;
      EXPECT_EQ(readings[0].good, 90 + n);
      EXPECT_EQ(readings[0].total, 100);
      EXPECT_EQ(readings[0].source, "far");
      EXPECT_FALSE(readings[0].check);
    }
    EXPECT_THAT(measured.complaints, IsEmpty());
  }
}

TEST_P(Readings, OfWhatWasMissedComeAfterwardsNoneTwice) {
  counts(0, 9, 10);
  polled(0);
  double good = 0;
  for (int n = 1; n <= 5; ++n) {
    counts(n, n, 10);
    good += n;
  }
  const std::string before = cursor_;
  for (int turn = 0; turn < 2; ++turn) {  // the second after a crash that lost the first's cursor
    cursor_ = before;
    restart();
    const auto readings = of(poll(5).value(), "A");
    std::set<Time> instants;
    double sum = 0;
    for (const Reading& one : readings) {
      instants.insert(one.instant);
      sum += one.good;
    }
    EXPECT_EQ(sum, good);
    EXPECT_EQ(instants.size(), readings.size());
  }
  restart();
  for (const Reading& more : poll(5).value().readings) EXPECT_EQ(more.total, 0);
}

TEST_P(Readings, AreNotMadeOfNothing) {
  if (!stage_->over_http()) GTEST_SKIP() << "skipped, because a log without lines is no hole";
  counts(0, 9, 10);
  polled(0);
  counts(1, std::nullopt, std::nullopt);
  EXPECT_THAT(poll(1).value().readings, IsEmpty());
}

TEST_P(Readings, TakeGoodThatIsGoneForNone) {
  if (!stage_->over_http() || stage_->of_bad()) {
    GTEST_SKIP() << "skipped, because good is never absent alone";
  }
  counts(0, 9, 10);
  polled(0);
  counts(1, std::nullopt, 10);
  polled(1);
  for (int n = 2; n < 6; ++n) counts(n, n == 2 ? std::optional<double>() : 9, 10);
  const auto found = poll(5).value();
  const auto second = std::ranges::find(found.readings, minute(2), &Reading::instant);
  if (GetParam() == "graphite") return;  // there a null between numbers is a gap
  ASSERT_NE(second, found.readings.end());
  EXPECT_EQ(second->good, 0);
}

TEST_P(Readings, AreNotMadeOfSenselessNumbers) {
  if (!stage_->over_http()) GTEST_SKIP() << "skipped, because a line is one request";
  const double nan = std::nan("");
  const std::pair<double, double> senseless[] = {{nan, 10}, {9, nan}, {-1, -2}, {11, 10}};
  counts(0, 9, 10);
  polled(0);
  int n = 0;
  for (const auto& [good, total] : senseless) {
    counts(++n, good, total);
    const auto measured = poll(n).value();
    const auto at_fault = std::ranges::find(measured.readings, minute(n), &Reading::instant);
    const bool none = at_fault == measured.readings.end() || at_fault->good == 0;
    EXPECT_TRUE(none) << good << " of " << total << " gave " << at_fault->good;
    counts(n, 9, 10);
  }
}

}  // namespace
}  // namespace signalbox::testing
