#include <gtest/gtest.h>

#include "stage.h"

namespace signalbox::announce {
namespace {

TEST(Findings, TellAFallOnceAfterTheGroupHasWaited) {
  Stage s({"API", "JS"});
  s.becomes("API", State::issue);
  s.pass(seconds(10) - Duration(1));
  EXPECT_EQ(s.told.size(), 0u);
  s.pass(hours(1));
  EXPECT_EQ(s.lines(), (Lines{"API-ISSUE: 97.3 % of 1,000 requests in 5 min"}));
  EXPECT_EQ(s.told[0].at, kStart + seconds(10));
  EXPECT_EQ(s.told[0].reason, "fell");
}

TEST(Findings, TellEachStepAndTheRecovery) {
  Stage s({"API", "JS"});
  s.becomes("API", State::up, 1000);
  s.pass(minutes(1));
  s.becomes("API", State::issue);
  s.pass(minutes(3));
  s.becomes("API", State::down, 500);
  s.pass(minutes(20));
  s.becomes("API", State::up, 999);
  s.pass(minutes(1));
  EXPECT_EQ(s.lines(), (Lines{"API-ISSUE: 97.3 % of 1,000 requests in 5 min",
                              "API-DOWN: 50 % of 1,000 requests in 5 min",
                              "API-UP: back to 99.9 % of 1,000 requests in 5 min"}));
  EXPECT_TRUE(s.untold.empty());
}

TEST(Findings, MakeFortyServicesOneAnnouncement) {
  std::vector<std::string> ids;
  for (int i = 0; i < 40; ++i) ids.push_back("S" + std::to_string(i));
  Stage s(ids);
  for (const std::string& id : ids) {
    s.becomes(id, State::down, 0);
    s.pass(Duration(200));
  }
  s.pass(minutes(1));
  ASSERT_EQ(s.told.size(), 1u);
  EXPECT_EQ(s.told[0].lines.size(), 40u);
  EXPECT_EQ(s.told[0].targets, (Lines{"ALL"}));
  EXPECT_EQ(s.told[0].head_word, "DOWN");
}

TEST(Findings, HeadAMixedGroupByItsWorst) {
  Stage s({"API", "JS", "WEB"});
  s.becomes("API", State::issue);
  s.becomes("JS", State::down, 620);
  s.pass(minutes(1));
  EXPECT_EQ(s.lines(), (Lines{"JS,API-DOWN: JS 62 % of 1,000 requests in 5 min; "
                              "API ISSUE, 97.3 % of 1,000 requests in 5 min"}));
}

TEST(Findings, NameAWholeGroup) {
  Stage s({"API", "JS", "WEB"});
  s.view("API").group = s.view("JS").group = "Core parts";
  s.becomes("API", State::down, 0);
  s.becomes("JS", State::down, 0);
  s.pass(minutes(1));
  EXPECT_EQ(s.told.at(0).targets, (Lines{"Core-parts"}));
}

TEST(Findings, TellFallsAndRecoveriesOfOneGroupApart) {
  Stage s({"API", "JS", "WEB"});
  s.becomes("API", State::down, 0);
  s.pass(hours(1));
  s.becomes("API", State::up, 1000);
  s.becomes("JS", State::down, 0);
  s.pass(minutes(1));
  EXPECT_EQ(s.lines(), (Lines{"API-DOWN: 0 % of 1,000 requests in 5 min",
                              "JS-DOWN: 0 % of 1,000 requests in 5 min",
                              "API-UP: back to 100 % of 1,000 requests in 5 min"}));
}

TEST(Findings, SayNothingOfAFallThatRecoversWithinTheGroup) {
  Stage s({"API", "JS"});
  s.becomes("API", State::down);
  s.pass(seconds(9));
  s.becomes("API", State::up);
  s.pass(hours(1));
  EXPECT_TRUE(s.told.empty());
  EXPECT_TRUE(s.untold.empty());
}

TEST(Findings, NeverTellFollowersAboutUnknown) {
  Stage s({"API", "JS"});
  s.becomes("API", State::up);
  s.becomes("API", State::unknown);
  s.pass(minutes(5) - Duration(1));
  EXPECT_TRUE(s.told.empty());
  s.pass(hours(2));
  EXPECT_TRUE(s.lines().empty());
  ASSERT_EQ(s.lines(Audience::staff).size(), 1u) << "staff once";
  EXPECT_EQ(s.told[0].tidings, Tidings::lost_sight);
  s.becomes("API", State::up);
  s.pass(hours(1));
  EXPECT_EQ(s.told.size(), 1u);
  s.becomes("API", State::unknown);
  s.pass(hours(1));
  EXPECT_EQ(s.told.size(), 2u) << "it is another time";
}

TEST(Findings, TellNobodyOfAServiceThatNeverHadData) {
  Stage s({"API", "JS"});
  s.becomes("API", State::unknown);
  s.pass(hours(2));
  EXPECT_TRUE(s.told.empty());
}

TEST(Findings, TellAChangeThatHappenedOutOfSight) {
  Stage s({"API", "JS"});
  s.becomes("API", State::up);
  s.becomes("API", State::unknown);
  s.pass(minutes(1));
  s.becomes("API", State::down, 0);
  s.pass(minutes(1));
  EXPECT_EQ(s.lines(), (Lines{"API-DOWN: 0 % of 1,000 requests in 5 min"}));
}

TEST(Findings, AreSilentDuringMaintenanceAndSpeakAfterIt) {
  for (const std::string reason : {"maintenance", "stated_in_maintenance", "stated_until"}) {
    Stage s({"API", "JS"});
    s.view("API").standing.reason = reason;
    s.becomes("API", State::down, 0);
    s.pass(hours(1));
    EXPECT_TRUE(s.told.empty()) << reason;
    s.view("API").standing.reason = "measured";
    s.pass(Duration(0));
    EXPECT_EQ(s.lines().size(), 1u) << reason;
  }
}

TEST(Findings, HideTrafficWhereAsked) {
  Stage s({"API", "JS"});
  s.habits.show_counts = false;
  s.becomes("API", State::issue);
  s.pass(minutes(1));
  EXPECT_EQ(s.lines(), (Lines{"API-ISSUE: 97.3 % of requests in 5 min"}));
}

TEST(Findings, TellChecksByTheirTries) {
  Stage s({"API", "JS"});
  Measurement m = measured(State::down, 1, 3);
  m.window = Duration(0);
  s.keep(MeasuredChanged{"API", State::up, m});
  s.pass(minutes(1));
  EXPECT_EQ(s.lines(), (Lines{"API-DOWN: 2 of 3 checks failed"}));
}

TEST(Findings, TellWhatWasWrongWithAChecksNewestTry) {
  Stage s({"API", "JS"});
  Measurement m = measured(State::issue, 0, 3);
  m.window = Duration(0);
  m.why = "slow: 3.20 s";
  s.keep(MeasuredChanged{"API", State::up, m});
  s.pass(minutes(1));
  m.state = State::down;
  m.why = "status 503";
  s.keep(MeasuredChanged{"API", State::issue, m});
  s.pass(minutes(1));
  EXPECT_EQ(s.lines(), (Lines{"API-ISSUE: 3 of 3 checks found trouble (slow: 3.20 s)",
                              "API-DOWN: 3 of 3 checks failed (status 503)"}));
}

TEST(FindingsBesideStaff, AreOnlyRecordedWhenStaffSaidAsMuch) {
  Stage s({"API", "JS"});
  s.staff_says("API", State::down);
  s.becomes("API", State::issue);
  s.pass(minutes(20));
  s.becomes("API", State::down, 0);
  s.pass(minutes(20));
  EXPECT_TRUE(s.told.empty());
  EXPECT_EQ(s.reasons_untold(), (Lines{"stated_already", "stated_already"}));
  EXPECT_EQ(s.untold[0].audience, Audience::nobody);
}

TEST(FindingsBesideStaff, TellWhatIsWorseThanStated) {
  Stage s({"API", "JS"});
  s.staff_says("API", State::issue);
  s.becomes("API", State::down, 0);
  s.pass(hours(1));
  EXPECT_EQ(s.lines(), (Lines{"API-DOWN: 0 % of 1,000 requests in 5 min"}));
}

TEST(FindingsBesideStaff, LeaveTheRecoveryToStaff) {
  Stage s({"API", "JS"});
  s.becomes("API", State::down, 0);
  s.pass(minutes(20));
  s.staff_says("API", State::issue);
  s.becomes("API", State::up, 1000);
  s.pass(minutes(20));
  EXPECT_EQ(s.told.size(), 1u);
  EXPECT_EQ(s.reasons_untold(), (Lines{"staff_closes"}));
  s.staff_says("API", State::up);
  s.pass(hours(1));
  EXPECT_EQ(s.told.size(), 1u) << "staff's own word was told";
}

TEST(FindingsBesideStaff, LeaveAnIncidentThatStaffTouchedToStaff) {
  Stage s({"API", "JS"});
  s.becomes("API", State::down, 0);
  s.pass(minutes(20));
  Incident incident;
  incident.automatic = incident.touched = true;
  incident.services["API"] = State::down;
  s.board.incidents.push_back(incident);
  s.becomes("API", State::up, 1000);
  s.pass(minutes(20));
  EXPECT_EQ(s.reasons_untold(), (Lines{"staff_closes"}));
}

TEST(FindingsBesideStaff, TellTheRecoveryThatStaffSpokeOfTooSoon) {
  Stage s({"API", "JS"});
  s.becomes("API", State::down, 0);
  s.pass(minutes(20));
  s.staff_says("API", State::up);
  s.pass(minutes(20));
  s.becomes("API", State::up, 1000);
  s.pass(minutes(20));
  EXPECT_EQ(s.lines().size(), 2u);
}

TEST(FindingsBesideStaff, DoNotRepeatTheRecoveryThatStaffTold) {
  Stage s({"API", "JS"});
  s.becomes("API", State::down, 0);
  s.pass(minutes(20));
  s.becomes("API", State::up, 1000);
  s.now += seconds(2);
  s.staff_says("API", State::up);
  s.pass(minutes(20));
  EXPECT_EQ(s.lines().size(), 1u);
  EXPECT_EQ(s.reasons_untold(), (Lines{"staff_said_so"}));
}

}  // namespace
}  // namespace signalbox::announce
