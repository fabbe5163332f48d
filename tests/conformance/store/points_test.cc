// The promises about points that are drawn.
#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "tests/conformance/store/subject.h"

namespace signalbox::store::testing {
namespace {

using Points = EveryStore;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
INSTANTIATE_TEST_SUITE_P(Store, Points, ::testing::Values("memory", "sqlite"), kind_name);

DrawnPoint point(long s, double value, const std::string& metric = "ms") {
  return {metric, at(s), value};
}

std::vector<DrawnStretch> by_minute(Store& store, const std::string& metric = "ms") {
  return *store.points(metric, at(0), at(0) + days(30), minutes(1));
}

DrawnStretch one(long s, double value) { return {at(s), minutes(1), 1, value, value, value}; }

TEST_P(Points, AreAddedUpByStepAlsoAfterAReopen) {
  const std::vector<DrawnPoint> all = {point(60, 4), point(0, 1), point(3540, -2.5), point(7200, 9),
                                       point(60, 7, "x")};
  ASSERT_TRUE(store().keep_points(all));
  for (int n = 0; n < 2; ++n) {
    EXPECT_THAT(*store().points("ms", at(0), at(0) + days(1), hours(1)),
                ElementsAre(DrawnStretch{at(0), hours(1), 3, 2.5, -2.5, 4},
                            DrawnStretch{at(7200), hours(1), 1, 9, 9, 9}))
        << "nothing between: a gap";
    EXPECT_THAT(*store().points("ms", at(60), at(3600), hours(1)),
                ElementsAre(DrawnStretch{at(0), hours(1), 2, 1.5, -2.5, 4}));
    EXPECT_THAT(by_minute(store(), "x"), ElementsAre(one(60, 7)));
    EXPECT_THAT(by_minute(store(), "none"), IsEmpty());
    subject_->reopen();
  }
}

TEST_P(Points, OfAMinuteTheNewestInstantHoldsInAnyOrderAndOnce) {
  const std::vector<DrawnPoint> all = {point(70, 2), point(119, 3), point(60, 1), point(120, 4)};
  for (int n = 0; n < 2; ++n) {
    ASSERT_TRUE(store().keep_points(all));
    EXPECT_THAT(by_minute(store()), ElementsAre(one(60, 3), one(120, 4)));
  }
  ASSERT_TRUE(store().keep_points(std::vector{point(119, 5)}));
  EXPECT_THAT(by_minute(store()), ElementsAre(one(60, 5), one(120, 4))) << "corrected";
}

TEST_P(Points, OfAWeekOfMinutesAreAllThere) {
  std::vector<DrawnPoint> all;
  for (long minute = 0; minute < 7 * 1440; ++minute) all.push_back(point(minute * 60, 2));
  ASSERT_TRUE(store().keep_points(all));
  const auto week = *store().points("ms", at(0), at(0) + days(7), hours(2));
  ASSERT_THAT(week, SizeIs(84));
  for (const DrawnStretch& stretch : week) EXPECT_EQ(stretch.count, 120);
}

TEST_P(Points, ThatCannotBeDrawnAreRefusedAndNothingIsKept) {
  for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity(), 1.1e15, -2e15}) {
    const Status kept = store().keep_points(std::vector{point(0, 1), point(60, bad)});
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().code, Error::Code::invalid);
  }
  EXPECT_THAT(by_minute(store()), IsEmpty());
  EXPECT_TRUE(store().keep_points(std::vector{point(0, 1e15), point(60, -1e15)}));
  EXPECT_TRUE(store().keep_points({}));
  EXPECT_FALSE(store().points("ms", at(0), at(60), std::chrono::seconds(30)));
}

TEST_P(Points, AreForgottenWithTheSumsOfMinutesAndABoundedNumberAtOnce) {
  std::vector<DrawnPoint> all;
  for (long minute = 0; minute < 10; ++minute) all.push_back(point(minute * 60, 1));
  ASSERT_TRUE(store().keep_points(all));
  ASSERT_TRUE(store().keep_readings(
      std::vector{Reading{"prom", "API", at(30), 1, 1, false, std::nullopt}}, {}));
  Horizon before{.readings = at(330)};
  EXPECT_EQ(*store().forget(before, 100), 1U) << "readings alone";
  EXPECT_THAT(by_minute(store()), SizeIs(10));
  before.of(Grain::minute) = at(330);
  EXPECT_EQ(*store().forget(before, 3), 3U) << "a sum and two points";
  EXPECT_EQ(*store().forget(before, 100), 3U);
  EXPECT_EQ(*store().forget(before, 100), 0U);
  EXPECT_THAT(by_minute(store()), SizeIs(5)) << "a minute goes when all of it is older";
  EXPECT_EQ(by_minute(store()).front(), one(300, 1));
}

TEST(PointsOfAnArchive, AreThoseCommitted) {
  SqliteSubject subject;
  ASSERT_TRUE(subject.store().keep_points(std::vector{point(0, 1), point(60, 3)}));
  const auto archive = std::move(open_archive("sqlite:" + subject.path())).value();
  EXPECT_THAT(*archive->points("ms", at(0), at(3600), hours(1)),
              ElementsAre(DrawnStretch{at(0), hours(1), 2, 4, 1, 3}));
}

}  // namespace
}  // namespace signalbox::store::testing
