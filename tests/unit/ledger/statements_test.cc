#include "tests/unit/ledger/desk.h"

namespace signalbox::ledger {
namespace {

TEST(Statements, AreInForceFromTheSourceTimeClampedToArrival) {
  Desk desk;
  Post early = desk.post("API-DOWN: x");
  early.at = desk.now - minutes(3);
  desk.hear(early, a_report({"API"}, State::down, "x"));
  EXPECT_EQ(desk.book.entries.at("API").stated->at, desk.now - minutes(3));
  Post future = desk.post("JS-DOWN: x");
  future.at = desk.now + hours(3);
  desk.hear(future, a_report({"JS"}, State::down, "y"));
  EXPECT_EQ(desk.book.entries.at("JS").stated->at, desk.now);
}

TEST(Statements, AnOlderOneIsAnUpdateThatChangesNothing) {
  Desk desk;
  desk.wait(minutes(1));
  desk.say({"API"}, State::issue, "slow");
  desk.wait(minutes(5));
  desk.say({"API"}, State::down, "gone");
  Post late = desk.post("API-UP: was fine then");
  late.at = desk.now - minutes(2);
  const auto heard = desk.hear(late, a_report({"API"}, State::up, "was fine then"));
  EXPECT_EQ(heard.verdict, Verdict::recorded);
  EXPECT_EQ(heard.reason, "older_report");
  EXPECT_FALSE(heard.tell);
  EXPECT_EQ(desk.stated("API"), State::down);
  EXPECT_TRUE(desk.incident().open());
  ASSERT_EQ(desk.incident().updates.size(), 3u);
  EXPECT_EQ(desk.incident().updates[1].text, "was fine then");
}

TEST(Statements, ARepetitionWithin15MinutesIsNotToldAgain) {
  Desk desk;
  EXPECT_TRUE(desk.say({"API"}, State::down, "x").tell);
  desk.wait(minutes(14));
  const auto again = desk.say(a_report({"API"}, State::down, "x"), "ops", "U1");
  EXPECT_EQ(again.verdict, Verdict::recorded);
  EXPECT_EQ(again.reason, "duplicate_report");
  EXPECT_FALSE(again.tell);
  EXPECT_EQ(desk.incident().updates.size(), 1u);
  desk.wait(minutes(2));
  EXPECT_EQ(desk.say({"API"}, State::down, "x").verdict, Verdict::applied);
}

TEST(Statements, TheSameWordsAfterARecoveryAreNews) {
  Desk desk;
  desk.say({"API"}, State::down, "down");
  desk.say({"API"}, State::up, "up");
  EXPECT_EQ(desk.say({"API"}, State::down, "down").verdict, Verdict::applied);
  EXPECT_EQ(desk.stated("API"), State::down);
}

TEST(Statements, EndAtTheirUntil) {
  Desk desk;
  Report report = a_report({"API"}, State::issue, "backfill");
  report.until = desk.now + hours(1);
  desk.say(report);
  EXPECT_EQ(next_elapsed(desk.book, desk.rules), desk.now + minutes(30));  // a reminder
  EXPECT_EQ(desk.wait(hours(1)).back(), "statement_ended");
  EXPECT_FALSE(desk.stated("API"));
  EXPECT_FALSE(desk.incident().open());
}

TEST(Statements, AfterTheirUntilMeasurementRules) {
  Desk desk;
  Report report = a_report({"API"}, State::issue, "backfill");
  report.until = desk.now + hours(1);
  desk.say(report);
  desk.measure("API", State::down);
  desk.wait(hours(1));
  EXPECT_TRUE(desk.incident().open());
  desk.measure("API", State::up);
  EXPECT_FALSE(desk.incident().open());
}

TEST(Statements, UpUntilSetsMeasurementAside) {
  Desk desk;
  desk.measure("API", State::down);
  desk.say({"API"}, State::issue, "probe?");
  Report report = a_report({"API"}, State::up, "probe is broken");
  report.until = desk.now + hours(1);
  EXPECT_EQ(desk.say(report).reason, "up");
  EXPECT_FALSE(desk.incident().open());
}

TEST(Notices, AreShownForADay) {
  Desk desk;
  desk.say({"API"}, {}, "read our postmortem");
  ASSERT_EQ(desk.book.notices.size(), 1u);
  EXPECT_TRUE(desk.book.incidents.empty());
  EXPECT_TRUE(desk.wait(hours(23)).empty());
  EXPECT_EQ(desk.wait(hours(1)), std::vector<std::string>{"notice_ended"});
  EXPECT_TRUE(desk.book.notices.empty());
}

TEST(Notices, AreNoSpeechInAnIncident) {
  Desk desk;
  desk.machine(Tidings::worse, {{"API", State::issue}});
  desk.say({"API"}, {}, "read this");
  EXPECT_FALSE(desk.incident().touched);
}

TEST(Maintenance, WaitsRunsAndEnds) {
  Desk desk;
  Report report = a_report({"API", "JS"}, State::maint, "new disks");
  report.from = desk.now + hours(1);
  report.until = desk.now + hours(3);
  EXPECT_EQ(desk.say(report).reason, "maintenance");
  ASSERT_EQ(desk.book.maintenances.size(), 1u);
  EXPECT_FALSE(desk.book.maintenances[0].started);
  EXPECT_FALSE(desk.stated("API"));
  EXPECT_EQ(desk.wait(hours(1)), std::vector<std::string>{"maintenance_started"});
  EXPECT_EQ(desk.stated("API"), State::maint);
  EXPECT_EQ(desk.wait(hours(2)), std::vector<std::string>{"maintenance_ended"});
  EXPECT_FALSE(desk.stated("API"));
  EXPECT_EQ(desk.book.maintenances[0].ended, desk.now);
  EXPECT_TRUE(desk.book.incidents.empty());
}

TEST(Maintenance, IsInForceAtOnceWhenItStartsInThisMinute) {
  Desk desk;
  desk.wait(seconds(30));
  Report report = a_report({"API"}, State::maint, "now");
  report.from = desk.now - seconds(30);
  report.until = desk.now + hours(1);
  desk.say(report);
  EXPECT_EQ(desk.stated("API"), State::maint);
  EXPECT_TRUE(desk.book.maintenances[0].started);
}

TEST(Maintenance, WithoutAnEndLastsTwoHoursThenAsks) {
  Desk desk;
  desk.say({"API"}, State::maint, "new disks");
  EXPECT_TRUE(desk.wait(minutes(119)).empty());
  EXPECT_EQ(desk.wait(minutes(1)), std::vector<std::string>{"maintenance_asks"});
  EXPECT_TRUE(desk.book.maintenances[0].ended);
}

TEST(Maintenance, UpOrDoneEndsItEarlyForItsServicesOnly) {
  Desk desk;
  desk.say({"API", "JS"}, State::maint, "new disks");
  EXPECT_EQ(desk.say({"API"}, State::up, "api done", Phase::done).reason, "up");
  EXPECT_EQ(desk.book.maintenances[0].services, std::vector<std::string>{"JS"});
  EXPECT_FALSE(desk.book.maintenances[0].ended);
  desk.say({"JS"}, State::up, "js done");
  EXPECT_TRUE(desk.book.maintenances[0].ended);
  EXPECT_EQ(desk.book.maintenances[0].updates.size(), 3u);
}

TEST(Maintenance, LeavesStatedTroubleStanding) {
  Desk desk;
  desk.say({"API"}, State::down, "dead");
  desk.say({"API", "JS"}, State::maint, "replacing");
  EXPECT_EQ(desk.stated("API"), State::down);
  EXPECT_EQ(desk.stated("JS"), State::maint);
}

TEST(Maintenance, IsExtendedByAWordAboutNow) {
  Desk desk;
  desk.say({"API"}, State::maint, "new disks");
  Report longer = a_report({"API"}, State::maint, "takes longer");
  longer.until = desk.now + hours(5);
  desk.say(longer);
  ASSERT_EQ(desk.book.maintenances.size(), 1u);
  EXPECT_EQ(desk.book.maintenances[0].until, longer.until);
  EXPECT_EQ(desk.book.maintenances[0].updates.size(), 2u);
}

TEST(Reminders, ComeOncePerCause) {
  Desk desk;
  desk.measure("API", State::down);
  desk.say({"API"}, State::down, "disks");
  desk.wait(minutes(5));
  desk.measure("API", State::up);
  EXPECT_TRUE(desk.wait(minutes(9)).empty());
  EXPECT_EQ(desk.wait(minutes(1)), std::vector<std::string>{"reminder_recovered"});
  EXPECT_TRUE(desk.wait(minutes(14)).empty());
  EXPECT_EQ(desk.wait(minutes(1)), std::vector<std::string>{"reminder_silent"});
  EXPECT_TRUE(desk.wait(hours(5)).empty());
  desk.say({"API"}, State::down, "still");
  EXPECT_EQ(desk.wait(minutes(30)), std::vector<std::string>{"reminder_silent"});
  desk.measure("API", State::issue);
  desk.measure("API", State::up);
  EXPECT_EQ(desk.wait(minutes(10)), std::vector<std::string>{"reminder_recovered"});
}

TEST(Reminders, AreForTouchedIncidentsOnly) {
  Desk desk;
  desk.machine(Tidings::worse, {{"API", State::issue}});
  EXPECT_TRUE(desk.wait(hours(3)).empty());
}

}  // namespace
}  // namespace signalbox::ledger
