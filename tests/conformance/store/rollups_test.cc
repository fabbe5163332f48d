// The promises about sums a minute, hour and day: by the difference, apart, and forgotten in order.
#include <gmock/gmock.h>

#include "tests/conformance/store/subject.h"

namespace signalbox::store::testing {
namespace {

using Rollups = EveryStore;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
INSTANTIATE_TEST_SUITE_P(Store, Rollups, ::testing::Values("memory", "sqlite"), kind_name);

Reading requests(long s, double good, double total, const std::string& service = "API") {
  return {"log", service, at(s), good, total, false, std::nullopt, std::nullopt, {}};
}

Reading timed(long s, double good, double total, Duration took) {
  Reading reading = requests(s, good, total);
  reading.latencies.add(took, total);
  return reading;
}

Reading a_try(long s, double good, Duration took) {
  return {"API/http/1", "API", at(s), good, 1, true, std::nullopt, took, {}};
}

Reading quiet(Reading reading) {
  reading.quiet = true;
  return reading;
}

Rollup of(long s, Duration span, Sums all) {
  return {.from = at(s), .span = span, .requests = all};
}

TEST_P(Rollups, AReadingCountsInItsMinuteHourAndDay) {
  const std::vector all{requests(59, 1, 2), requests(60, 3, 4), requests(3600, 5, 6),
                        requests(86400, 7, 8), requests(60, 9, 9, "JS")};
  ASSERT_TRUE(store().keep_readings(all, {}));
  subject_->reopen();
  EXPECT_THAT(*store().rollups("API", at(0), at(2 * 86400), minutes(1)),
              ElementsAre(of(0, minutes(1), {1, 2}), of(60, minutes(1), {3, 4}),
                          of(3600, minutes(1), {5, 6}), of(86400, minutes(1), {7, 8})));
  EXPECT_THAT(*store().rollups("API", at(0), at(86400), hours(1)),
              ElementsAre(of(0, hours(1), {4, 6}), of(3600, hours(1), {5, 6})));
  EXPECT_THAT(*store().rollups("API", at(0), at(2 * 86400), days(1)),
              ElementsAre(of(0, days(1), {9, 12}), of(86400, days(1), {7, 8})));
  EXPECT_THAT(*store().rollups("API", at(0), at(7200), hours(2)),
              ElementsAre(of(0, hours(2), {9, 12})));
  EXPECT_THAT(*store().rollups("API", at(60), at(120), minutes(1)), SizeIs(1));
  EXPECT_THAT(*store().rollups("XY", at(0), at(86400), minutes(1)), IsEmpty());
}

TEST_P(Rollups, AStepIsWholeMinutes) {
  for (const Duration step :
       {Duration(0), Duration(seconds(90)), Duration(-minutes(1)), Duration(days(367))}) {
    EXPECT_EQ(store().rollups("API", at(0), at(60), step).error().code, Error::Code::invalid);
  }
}

TEST_P(Rollups, TellWhatMoved) {
  const auto first = *store().keep_readings(std::vector{requests(5, 9, 10), requests(7, 0, 0)}, {});
  EXPECT_THAT(first, ElementsAre(ServiceSums{"API", of(5, {}, {9, 10})}));
  const auto same = *store().keep_readings(std::vector{requests(5, 9, 10)}, {});
  EXPECT_THAT(same, IsEmpty());
  const auto corrected = *store().keep_readings(std::vector{requests(5, 4, 12)}, {});
  EXPECT_THAT(corrected, ElementsAre(ServiceSums{"API", of(5, {}, {-5, 2})}));
}

TEST_P(Rollups, TriesRequestsAndWhatMaintenanceLeavesOutStandApart) {
  ASSERT_TRUE(store().keep_readings(
      std::vector{timed(1, 3, 4, Duration(20)), a_try(2, 1, Duration(40)),
                  quiet(timed(3, 1, 9, Duration(60))), quiet(a_try(4, 0, Duration(80)))},
      {}));
  Rollup expected = of(0, minutes(1), {3, 4});
  expected.tries = {1, 1};
  expected.left_out = {1, 10};
  expected.latencies.add(Duration(20), 4);
  expected.latencies.add(Duration(40), 1);
  EXPECT_THAT(*store().rollups("API", at(0), at(60), minutes(1)), ElementsAre(expected));
}

TEST_P(Rollups, APendingTryIsNoTry) {
  Reading pending = a_try(2, 0, Duration(40));
  pending.total = 0;
  pending.grade = State::unknown;
  ASSERT_TRUE(store().keep_readings(std::vector{pending}, {}));
  EXPECT_EQ(store().readings(at(0))->front(), pending);
  for (const Rollup& rollup : *store().rollups("API", at(0), at(60), minutes(1))) {
    EXPECT_TRUE(rollup.empty());
  }
}

TEST_P(Rollups, ACorrectionMovesCountsLatenciesAndWhatIsLeftOut) {
  const auto all = [this] { return *store().rollups("API", at(0), at(86400), days(1)); };
  ASSERT_TRUE(store().keep_readings(std::vector{timed(1, 3, 4, Duration(20))}, {}));
  ASSERT_TRUE(store().keep_readings(std::vector{timed(90, 5, 5, Duration(30))}, {}));
  ASSERT_TRUE(store().keep_readings(std::vector{timed(1, 6, 6, Duration(900))}, {}));
  Rollup expected = of(0, days(1), {11, 11});
  expected.latencies.add(Duration(30), 5);
  expected.latencies.add(Duration(900), 6);
  EXPECT_THAT(all(), ElementsAre(expected));
  ASSERT_TRUE(store().keep_readings(std::vector{quiet(timed(1, 6, 6, Duration(900)))}, {}));
  subject_->reopen();
  expected = of(0, days(1), {5, 5});
  expected.left_out = {6, 6};
  expected.latencies.add(Duration(30), 5);
  EXPECT_THAT(all(), ElementsAre(expected));
}

TEST_P(Rollups, ReadingsComeBackWithAllTheyHold) {
  Reading graded = a_try(1, 0, Duration(40));
  graded.grade = State::issue;
  graded.why = "status 503";
  const std::vector all{graded, timed(2, 3, 4, Duration(20)), quiet(requests(3, 1, 1))};
  ASSERT_TRUE(store().keep_readings(all, {}));
  subject_->reopen();
  EXPECT_EQ(*store().readings(at(0)), all);
}

/// Two hours of a reading a minute.
std::vector<Reading> two_hours() {
  std::vector<Reading> all;
  for (long n = 0; n < 120; ++n) all.push_back(requests(n * 60, 1, 2));
  return all;
}

TEST_P(Rollups, WhatIsForgottenIsGivenCoarserAndNeverTwice) {
  ASSERT_TRUE(store().keep_readings(two_hours(), {}));
  Horizon before{.readings = at(4000)};
  before.of(Grain::minute) = at(4000);
  while (*store().forget(before, 7) > 0) {
  }
  subject_->reopen();
  EXPECT_EQ(*store().forget(before, 7), 0U);
  const auto found = *store().rollups("API", at(0), at(7200), minutes(10));
  // The minutes from 66 on are kept, but hour 1 is whole only as an hour.
  EXPECT_THAT(found, ElementsAre(of(0, hours(1), {60, 120}), of(3600, hours(1), {60, 120})));
  before.of(Grain::hour) = at(7300);
  while (*store().forget(before, 1) > 0) {
  }
  EXPECT_THAT(*store().rollups("API", at(0), at(7200), minutes(10)),
              ElementsAre(of(0, days(1), {120, 240})));
}

TEST_P(Rollups, FinerSumsGoOnWhereTheCoarserEnd) {
  ASSERT_TRUE(store().keep_readings(two_hours(), {}));
  Horizon before;
  before.of(Grain::minute) = at(1800);
  EXPECT_EQ(*store().forget(before, 100), 30U);
  const auto found = *store().rollups("API", at(0), at(7200), minutes(30));
  EXPECT_THAT(found, ElementsAre(of(0, hours(1), {60, 120}), of(3600, minutes(30), {30, 60}),
                                 of(5400, minutes(30), {30, 60})));
}

TEST_P(Rollups, ALateReadingCountsWhereSumsAreKept) {
  ASSERT_TRUE(store().keep_readings(two_hours(), {}));
  Horizon before{.readings = at(600)};
  before.of(Grain::minute) = at(1200);
  while (*store().forget(before, 1000) > 0) {
  }
  subject_->reopen();
  const std::vector late{requests(599, 50, 50), requests(601, 500, 500), requests(1201, 5, 5)};
  ASSERT_TRUE(store().keep_readings(late, {}));
  EXPECT_THAT(*store().rollups("API", at(0), at(3600), hours(1)),
              ElementsAre(of(0, hours(1), {60 + 505, 120 + 505})));
  EXPECT_THAT(*store().sums(Grain::minute, at(0)), SizeIs(100));
  EXPECT_EQ(store().sums(Grain::minute, at(0))->front(),
            (ServiceSums{"API", of(1200, minutes(1), {6, 7})}));
}

TEST_P(Rollups, ForgettingTakesSoManyRowsAtOnceAndDaysOnlyWhenTold) {
  ASSERT_TRUE(store().keep_readings(two_hours(), {}));
  Horizon before{.readings = at(7200)};
  before.of(Grain::minute) = at(7200);
  before.of(Grain::hour) = at(7200);
  std::size_t gone = 0;
  for (std::size_t went = 1; went > 0; gone += went) {
    went = *store().forget(before, 50);
    EXPECT_LE(went, 50U);
  }
  EXPECT_EQ(gone, 120U + 120U + 2U);
  EXPECT_THAT(*store().sums(Grain::day, at(0)), SizeIs(1));
  before.of(Grain::day) = at(86400);
  EXPECT_EQ(*store().forget(before, 50), 1U);
  EXPECT_THAT(*store().rollups("API", at(0), at(86400), days(1)), IsEmpty());
}

TEST_P(Rollups, AllServicesOfAGrainComeByBeginning) {
  ASSERT_TRUE(store().keep_readings(
      std::vector{requests(86400, 1, 1), requests(5, 2, 2, "JS"), requests(5, 3, 3)}, {}));
  EXPECT_THAT(*store().sums(Grain::day, at(0)),
              ElementsAre(ServiceSums{"API", of(0, days(1), {3, 3})},
                          ServiceSums{"JS", of(0, days(1), {2, 2})},
                          ServiceSums{"API", of(86400, days(1), {1, 1})}));
  EXPECT_THAT(*store().sums(Grain::hour, at(86400)), SizeIs(1));
}

Showing showing(long s, std::uint64_t seq, std::optional<State> state,
                const std::string& service = "API") {
  return {service, at(s), seq, state};
}

TEST_P(Rollups, ShowingsComeWithTheLastBeforeTheStretch) {
  const std::vector all{showing(10, 1, State::up), showing(20, 2, State::down),
                        showing(20, 3, State::issue), showing(30, 4, std::nullopt)};
  Batch batch{{}, {}, {}, {}, {}, all};
  batch.showings.push_back(showing(15, 1, State::up, "JS"));
  ASSERT_TRUE(store().keep(batch).ok());
  ASSERT_TRUE(store().keep(batch).ok());  // a ledger folded again says the same
  subject_->reopen();
  EXPECT_THAT(*store().showings("API", at(0), at(100)),
              ElementsAre(all[0], all[1], all[2], all[3]));
  EXPECT_THAT(*store().showings("API", at(25), at(100)), ElementsAre(all[2], all[3]));
  EXPECT_THAT(*store().showings("API", at(20), at(30)), ElementsAre(all[2]));
  EXPECT_THAT(*store().showings("API", at(0), at(10)), IsEmpty());
  EXPECT_THAT(*store().showings("XY", at(0), at(100)), IsEmpty());
}

}  // namespace
}  // namespace signalbox::store::testing
