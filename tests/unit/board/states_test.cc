// Seconds in each state: of days by the book, of any stretch by when each began to be shown.
#include "board/states.h"

#include <gmock/gmock.h>

#include "board/board.h"

namespace signalbox::board {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const auto kDay = std::chrono::sys_days(days(20000));
Time at(long s) { return kDay + seconds(s); }
const Time kNever = at(1'000'000);

Showing showing(long s, std::optional<State> state) { return {"API", at(s), 0, state}; }

const std::vector<Showing> kStory = {showing(100, State::unknown), showing(200, State::up),
                                     showing(260, State::down),    showing(300, State::maint),
                                     showing(360, std::nullopt),   showing(400, State::issue)};

DayTally states(long from, long to, long start = 0, long now = 1'000'000) {
  return states_of(kStory, at(from), at(to), at(start), at(now));
}

TEST(States, OfAStretchAreCountedBetweenChanges) {
  EXPECT_EQ(states(0, 1000),
            (DayTally{.up = 60, .issue = 600, .down = 40, .maint = 60, .unknown = 100}));
  EXPECT_EQ(states(210, 270),
            (DayTally{.up = 50, .issue = 0, .down = 10, .maint = 0, .unknown = 0}));
  EXPECT_EQ(states(0, 100), DayTally{});
  EXPECT_EQ(states(365, 390), DayTally{}) << "it was not on the page";
  EXPECT_EQ(states_of(std::vector<Showing>{}, at(0), at(9), at(0), kNever), DayTally{});
}

TEST(States, AreNothingBeforeTheStartOrAfterNow) {
  EXPECT_EQ(states(0, 1000, 250, 280).up, 10);
  EXPECT_EQ(states(0, 1000, 250, 280).down, 20);
  EXPECT_EQ(states(0, 1000, 250, 280).issue, 0);
  EXPECT_EQ(states(0, 1000, 500, 400), DayTally{});
}

TEST(States, OfTheBooksDayIncludeTheRunningOne) {
  ServiceEntry entry;
  entry.shown = State::down;
  entry.since = at(-3600);
  entry.days[kDay - days(1)] = {.up = 100, .issue = 0, .down = 0, .maint = 0, .unknown = 0};
  EXPECT_EQ(states_of(entry, kDay - days(1), at(60)),
            (DayTally{.up = 100, .issue = 0, .down = 3600, .maint = 0, .unknown = 0}));
  EXPECT_EQ(states_of(entry, kDay, at(60)).down, 60);
  EXPECT_EQ(states_of(entry, kDay + days(1), at(60)), DayTally{});
  entry.since = Time{};
  EXPECT_EQ(states_of(entry, kDay, at(60)), DayTally{}) << "it left the page";
}

TEST(States, FillStepsWithoutSumsAndKeepCoarserOnes) {
  Rollup coarse{at(0), minutes(5)};
  coarse.requests = {9, 10};
  const std::vector<Rollup> all =
      with_states({coarse}, kStory, at(60), at(480), minutes(1), at(0), at(450));
  ASSERT_EQ(all.size(), 4U) << "minutes 5, 6 and 7; nothing from now on";
  EXPECT_EQ(all[0].requests, coarse.requests);
  EXPECT_EQ(all[0].span, minutes(5));
  EXPECT_EQ(all[0].states.up, 60);
  EXPECT_EQ(all[1].from, at(300));
  EXPECT_EQ(all[1].states.maint, 60);
  EXPECT_EQ(all[2].states.issue, 20) << "gone from the page for 40 s of it";
  EXPECT_EQ(all[3].states.issue, 30);
}

TEST(States, LeaveOutStepsOfNothing) {
  const std::vector<Rollup> all = with_states({}, {}, at(0), at(600), minutes(1), at(0), kNever);
  EXPECT_THAT(all, IsEmpty());
}

TEST(Starts, AtTheConfiguredDayElseWhenFirstKnown) {
  Service service;
  ServiceEntry entry;
  entry.known = at(77);
  EXPECT_EQ(starts(service, entry), at(77));
  service.start = kDay - days(3);
  EXPECT_EQ(starts(service, entry), Time(kDay - days(3)));
}

TEST(Uptime, CountsNothingBeforeTheStart) {
  ServiceEntry entry;
  entry.days[kDay - days(5)] = {.up = 0, .issue = 0, .down = 86400, .maint = 0, .unknown = 0};
  entry.since = kDay - days(4);
  EXPECT_LT(*uptime(entry, at(0)), 1.0);
  EXPECT_EQ(*uptime(entry, at(0), kDay - days(4)), 1.0);
  EXPECT_EQ(uptime(entry, at(0), kDay + days(1)), std::nullopt);
}

}  // namespace
}  // namespace signalbox::board
