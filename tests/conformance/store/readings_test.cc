// The promises about readings and their sums.
#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "tests/conformance/store/subject.h"

namespace signalbox::store::testing {
namespace {

using Readings = EveryStore;
using std::chrono::days;
using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
INSTANTIATE_TEST_SUITE_P(Store, Readings, ::testing::Values("memory", "sqlite"), kind_name);

const std::chrono::sys_days kDay = std::chrono::floor<days>(at(0));

Reading reading(long s, double good, double total, const std::string& service = "API",
                const std::string& source = "prom") {
  return {source, service, at(s), good, total, false, std::nullopt};
}

Reading check_of(long s, double good) {
  return {"API/http/1", "API", at(s), good, 1, true, {}, Duration(120)};
}

ServiceSums sum(const std::string& service, int day, double good, double total) {
  return {service, {.from = kDay + days(day), .span = days(1), .requests = {good, total}}};
}

ServiceSums with_tries(ServiceSums sums, double good, double total) {
  sums.sums.tries = {good, total};
  return sums;
}

TEST_P(Readings, ComeBackByInstantAlsoAfterAReopen) {
  const std::vector<Reading> all = {reading(60, 9, 10), check_of(30, 1), reading(60, 1, 1, "JS"),
                                    reading(120, 0.5, 0.75)};
  ASSERT_TRUE(store().keep_readings(all, Cursor{"prom", "c1"}));
  for (int n = 0; n < 2; ++n) {
    EXPECT_THAT(*store().readings(at(0)), ElementsAre(all[1], all[0], all[2], all[3]));
    EXPECT_THAT(*store().readings(at(60)), ElementsAre(all[3]));
    EXPECT_THAT(*store().readings(at(120)), IsEmpty());
    EXPECT_EQ(*store().reading_cursor("prom"), "c1");
    EXPECT_EQ(*store().cursor("prom"), std::nullopt);
    subject_->reopen();
  }
}

TEST_P(Readings, AKnownKeyIsCorrectedAndSumsChangeByTheDifference) {
  ASSERT_TRUE(store().keep_readings(std::vector{reading(60, 9, 10), reading(60, 1, 2)}, {}));
  EXPECT_THAT(*store().sums(Grain::day, kDay), ElementsAre(sum("API", 0, 1, 2)));
  const std::vector more{reading(60, 7, 8), reading(60, 7, 8, "API", "log")};
  for (int n = 0; n < 2; ++n) {  // the same again changes nothing
    ASSERT_TRUE(store().keep_readings(more, {}));
    EXPECT_THAT(*store().readings(at(0)),
                ElementsAre(reading(60, 7, 8, "API", "log"), reading(60, 7, 8)));
    EXPECT_THAT(*store().sums(Grain::day, kDay), ElementsAre(sum("API", 0, 14, 16)));
    subject_->reopen();
  }
}

TEST_P(Readings, SumsADayAndServiceAndKeepsTriesApart) {
  const std::vector<Reading> all = {reading(60, 9, 10),   reading(120, 10, 10),
                                    check_of(60, 0),      reading(60, 3, 4, "JS"),
                                    reading(86399, 1, 1), reading(86400, 5, 6)};
  ASSERT_TRUE(store().keep_readings(all, {}));
  ASSERT_TRUE(store().keep_readings(all, {}));
  EXPECT_THAT(*store().sums(Grain::day, kDay),
              ElementsAre(with_tries(sum("API", 0, 20, 21), 0, 1), sum("JS", 0, 3, 4),
                          sum("API", 1, 5, 6)));
  EXPECT_THAT(*store().sums(Grain::day, kDay + days(1)), ElementsAre(sum("API", 1, 5, 6)));
}

TEST_P(Readings, RefusesWhatIsNoCountAndKeepsNothingOfIt) {
  const double nan = std::nan("");
  const double infinite = std::numeric_limits<double>::infinity();
  for (const auto& bad : {reading(1, nan, 1), reading(1, 1, nan), reading(1, -1, 1),
                          reading(1, 2, 1), reading(1, 0, infinite)}) {
    const auto status =
        store().keep_readings(std::vector{reading(60, 9, 10), bad}, Cursor{"prom", "c"});
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, Error::Code::invalid);
  }
  EXPECT_THAT(*store().readings(at(0)), IsEmpty());
  EXPECT_THAT(*store().sums(Grain::day, kDay), IsEmpty());
  EXPECT_EQ(*store().reading_cursor("prom"), std::nullopt);
}

TEST_P(Readings, ForgettingTakesTheOldestAndLeavesTheSums) {
  std::vector<Reading> all;
  for (long n = 1; n <= 10; ++n) all.push_back(reading(n * 60, 1, 2));
  ASSERT_TRUE(store().keep_readings(all, {}));
  const Horizon before{.readings = at(360)};
  EXPECT_EQ(*store().forget(before, 3), 3U);
  EXPECT_EQ(store().readings(at(0))->front(), reading(240, 1, 2));
  EXPECT_EQ(*store().forget(before, 3), 2U);
  EXPECT_EQ(*store().forget(before, 3), 0U);
  EXPECT_EQ(store().readings(at(0))->size(), 5U);
  EXPECT_THAT(*store().sums(Grain::day, kDay), ElementsAre(sum("API", 0, 10, 20)));
}

TEST_P(Readings, WhatWasForgottenIsNotSummedAgain) {
  ASSERT_TRUE(store().keep_readings(std::vector{reading(60, 1, 2), reading(600, 1, 2)}, {}));
  ASSERT_TRUE(store().forget({.readings = at(600)}, 100));
  subject_->reopen();
  ASSERT_TRUE(store().keep_readings(
      std::vector{reading(60, 1, 2), reading(600, 1, 2), reading(660, 1, 2)}, {}));
  EXPECT_THAT(*store().sums(Grain::day, kDay), ElementsAre(sum("API", 0, 3, 6)));
  EXPECT_THAT(*store().readings(at(0)), ElementsAre(reading(600, 1, 2), reading(660, 1, 2)));
}

TEST_P(Readings, ACursorMovesWithoutReadings) {
  ASSERT_TRUE(store().keep_readings({}, Cursor{"prom", "1"}));
  ASSERT_TRUE(store().keep_readings({}, Cursor{"prom", "2"}));
  ASSERT_TRUE(store().keep_readings({}, {}));
  EXPECT_EQ(*store().reading_cursor("prom"), "2");
}

}  // namespace
}  // namespace signalbox::store::testing
