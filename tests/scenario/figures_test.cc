// What was measured, over days: the board's windows and days, and what the archive gives a chart.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/server/archive.h"
#include "tests/conformance/store/subject.h"
#include "tests/support/theatre/theatre.h"

namespace signalbox::testing {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

/// States are known until the newest snapshot, which may be so many seconds old.
constexpr double kPublished = 12;

class FiguresTest : public ::testing::Test {
 protected:
  FiguresTest() { stage_.measure("API", 100); }

  const ServiceView& api() const { return stage_.board()->services.front(); }
  /// So long after now, publishes once.
  void later(Duration length) {
    stage_.clock().advance(length);
    stage_.pass(minutes(2));
  }
  std::vector<Rollup> archived(Duration back, Duration step) {
    board_.publish(*stage_.board());
    const Time now = store::floor_to(stage_.clock().now(), step) + step;
    return *archive_.rollups({"API", store::floor_to(now - back, step), now, step});
  }
  static double seconds(const DayTally& s) { return s.up + s.issue + s.down + s.maint + s.unknown; }

  store::testing::Scratch scratch_;
  std::string url_ = "sqlite:" + scratch_.path("ledger.db");
  Theatre stage_{{"API", "JS"}, {"API"}, {}, url_};
  board::Board board_;
  app::PageArchive archive_{url_, &board_};
};

TEST_F(FiguresTest, WindowsHoldTheirReadingsAndNoOthers) {
  stage_.pass(minutes(2));
  ASSERT_EQ(api().windows.size(), 5U);
  const double before = api().windows[4].requests.total;
  EXPECT_GE(before, 11000);
  EXPECT_EQ(api().windows[0].requests.total, before);
  stage_.measure("API", -1);
  later(hours(2));
  EXPECT_EQ(api().windows[0].requests.total, 0);
  EXPECT_EQ(api().windows[1].requests.total, before);
  later(hours(24));
  EXPECT_EQ(api().windows[1].requests.total, 0);
  EXPECT_EQ(api().windows[2].requests.total, before);
  later(days(7));
  EXPECT_EQ(api().windows[2].requests.total, 0);
  EXPECT_EQ(api().month->total, before);
  later(days(24));
  EXPECT_FALSE(api().month);
  EXPECT_EQ(api().windows[4].requests.total, before);
  later(days(60));
  EXPECT_EQ(api().windows[4].requests.total, 0);
}

TEST_F(FiguresTest, AreTheSameAfterARestart) {
  stage_.pass(minutes(2));
  later(days(1));
  stage_.measure("API", -1);  // nothing more is measured, so that only the restart could change it
  later(minutes(1));
  const auto windows = api().windows;
  const auto shown_days = *api().days;
  stage_.crash();
  for (std::size_t n = 1; n < windows.size(); ++n) {
    EXPECT_EQ(api().windows[n].requests, windows[n].requests);
  }
  ASSERT_EQ(api().days->size(), shown_days.size());
  EXPECT_EQ(api().days->front(), shown_days.front());
  EXPECT_EQ(api().days->back().requests, shown_days.back().requests);
}

TEST_F(FiguresTest, MaintenanceIsLeftOutAndStandsByItself) {
  stage_.pass(minutes(1));
  const double before = api().windows[1].requests.total;
  stage_.say("API-MAINT: new disks");
  stage_.measure("API", 10);
  stage_.pass(minutes(3));
  EXPECT_EQ(api().windows[1].requests.total, before);
  EXPECT_GE(api().windows[1].left_out.total, 17000);
  stage_.say("API-DONE: all well");
  stage_.measure("API", 100);
  stage_.pass(minutes(1));
  EXPECT_GE(api().windows[1].requests.total, before + 5000);
  EXPECT_EQ(api().month->good, api().month->total);
  ASSERT_EQ(api().days->size(), 1U);
  EXPECT_GT(archived(hours(1), hours(1)).back().states.maint, 170);
}

TEST_F(FiguresTest, DaysAreSharedUntilTheyChange) {
  stage_.pass(minutes(2) + std::chrono::seconds(15));
  const auto before = api().days;
  const Time made = stage_.board()->as_of;
  stage_.pass(std::chrono::seconds(10));
  ASSERT_GT(stage_.board()->as_of, made) << "figures were published meanwhile";
  EXPECT_EQ(api().days, before);
  stage_.pass(minutes(1));
  EXPECT_NE(api().days, before);
  const auto renewed = api().days;
  stage_.say("API-DOWN: disks caught fire");
  EXPECT_NE(api().days, renewed);
}

TEST_F(FiguresTest, DaysOfNothingAreAbsent) {
  stage_.pass(minutes(2));
  stage_.measure("API", -1);
  stage_.pass(minutes(10));
  later(days(3));
  ASSERT_EQ(api().days->size(), 4U) << "UNKNOWN is a state, and known";
  EXPECT_EQ(api().days->at(1).requests.total, 0);
  EXPECT_GT(api().days->at(1).states.unknown, 86000);
}

TEST_F(FiguresTest, NothingCountsBeforeTheConfiguredStart) {
  stage_.pass(minutes(2));
  later(days(4));
  stage_.plan().services[0].start = std::chrono::floor<days>(stage_.clock().now());
  stage_.core().replan(stage_.plan());
  stage_.core().commit();
  stage_.pass(minutes(2));
  EXPECT_EQ(api().started, Time(*stage_.plan().services[0].start));
  EXPECT_EQ(api().days->size(), 1U);
  EXPECT_EQ(api().windows[4].requests, api().windows[2].requests);
  EXPECT_EQ(archived(days(10), days(1)).size(), 1U);
  stage_.crash();
  EXPECT_EQ(api().days->size(), 1U);
}

TEST_F(FiguresTest, TheArchiveGivesWhatABoardCannotHold) {
  stage_.pass(minutes(10));
  stage_.say("API-DOWN: disks caught fire");
  stage_.pass(minutes(10));
  const auto fine = archived(hours(1), minutes(1));
  double requests = 0;
  for (const Rollup& minute : fine) {
    requests += minute.requests.total;
    EXPECT_LE(seconds(minute.states), 60);
  }
  EXPECT_EQ(requests, api().windows[1].requests.total);
  const auto coarse = archived(days(1), days(1));
  ASSERT_EQ(coarse.size(), 1U);
  EXPECT_EQ(coarse[0].requests.total, requests);
  EXPECT_NEAR(coarse[0].states.down, 600, kPublished);
  EXPECT_NEAR(seconds(coarse[0].states), 1200, kPublished);
}

TEST_F(FiguresTest, AServiceThatLeftIsInNoStateMeanwhile) {
  stage_.pass(minutes(5));
  auto with = stage_.plan();
  stage_.plan().services.erase(stage_.plan().services.begin());
  stage_.core().replan(stage_.plan());
  stage_.core().commit();
  stage_.pass(minutes(10));
  stage_.core().replan(with);
  stage_.core().commit();
  stage_.pass(minutes(5));
  EXPECT_NEAR(seconds(archived(days(1), days(1))[0].states), 600, kPublished);
}

TEST_F(FiguresTest, AnOlderLedgerIsFoldedIntoStates) {
  stage_.pass(minutes(5));
  stage_.say("API-DOWN: disks caught fire");
  stage_.pass(minutes(5));
  const auto before = archived(hours(1), minutes(1));
  store::testing::tamper(scratch_.path("ledger.db"),
                         "DELETE FROM showing; DELETE FROM checkpoint;");
  EXPECT_NE(archived(hours(1), minutes(1)), before);
  stage_.crash();
  const auto after = archived(hours(1), minutes(1));
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t n = 0; n + 1 < after.size(); ++n) {
    EXPECT_EQ(after[n].states, before[n].states);
  }
}

TEST_F(FiguresTest, TooManyStepsAreNotAnswered) {
  stage_.pass(minutes(1));
  const Time now = stage_.clock().now();
  EXPECT_FALSE(archive_.rollups({"API", now - days(93), now, minutes(1)}));
  EXPECT_FALSE(archive_.rollups({"API", now - days(1), now, Duration(0)}));
  EXPECT_TRUE(archive_.rollups({"API", now - days(92), now, minutes(1)}));
}

TEST_F(FiguresTest, WhatIsOlderThanItIsKeptGoesAndVerdictsStay) {
  stage_.plan().retention = {hours(3), hours(3), hours(48), std::nullopt};
  stage_.core().replan(stage_.plan());
  stage_.pass(minutes(20));
  const double first = api().windows[1].requests.total;
  later(hours(5));
  EXPECT_EQ(archived(hours(6), minutes(1)).front().span, hours(1));
  double kept = 0;
  for (const Rollup& rollup : archived(hours(6), minutes(1))) kept += rollup.requests.total;
  EXPECT_EQ(kept, first + 12000);
  EXPECT_EQ(stage_.state("API"), State::up);
  stage_.crash();
  EXPECT_EQ(stage_.state("API"), State::up);
}

}  // namespace
}  // namespace signalbox::testing
