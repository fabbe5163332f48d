#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stage.h"

namespace signalbox::announce {
namespace {

/// One post and what the ledger did with it.
struct Said {
  Said() {
    what.post.account = "fedi";
    what.post.id = "17";
    what.post.author = "109";
    what.post.author_name = "Maria";
    what.post.at = kStart;
    what.verdict = Verdict::applied;
    what.tell = true;
  }
  Report& report(std::string target, std::optional<State> state, std::string message) {
    Report r;
    r.targets = {target};
    r.services = {target};
    r.state = state;
    r.message = std::move(message);
    what.sentence = std::move(r);
    return std::get<Report>(what.sentence);
  }
  void follow(std::string announcement) {
    FollowedPost post;
    post.ref = {"fedi", "17", ""};
    post.announcement = std::move(announcement);
    post.report = std::get<Report>(what.sentence);
    before.followed[post.ref] = post;
  }
  std::vector<Announcement> say(Duration later = {}) {
    const Event event{.seq = 9, .at = kStart + later, .what = what};
    return what_to_say(event, before, after, board, habits);
  }
  std::vector<Announcement> elapse(Elapsed::What kind, std::string subject) {
    const Event event{.seq = 9, .at = kStart + minutes(30), .what = Elapsed{kind, subject}};
    return what_to_say(event, before, after, board, habits);
  }

  PostReceived what;
  Book before;
  Book after;
  Snapshot board = board_of({"API", "JS"});
  Habits habits;
};

std::string line(const Announcement& a) { return compose(a, Limits{}, board_of({"API", "JS"})); }

TEST(StaffWords, AreToldOnTheOtherAccounts) {
  Said s;
  s.report("API", State::down, "disks caught fire");
  const auto all = s.say(seconds(1));
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].id, announcement_id(9));
  EXPECT_EQ(all[0].audience, Audience::followers);
  EXPECT_EQ(all[0].except_account, "fedi");
  EXPECT_EQ(line(all[0]), "API-DOWN: disks caught fire (03:00 UTC)");
}

TEST(StaffWords, NeverNameTheirAuthor) {
  Said s;
  s.report("API", State::down, "disks");
  for (const Verdict verdict : {Verdict::applied, Verdict::corrected, Verdict::held}) {
    s.what.verdict = verdict;
    for (const Announcement& a : s.say()) {
      EXPECT_EQ(line(a).find("Maria"), std::string::npos);
      EXPECT_EQ(line(a).find("109"), std::string::npos);
    }
  }
}

TEST(StaffWords, AreWrittenWithPhaseWindowOrNone) {
  Said s;
  s.report("API", {}, "read this");
  EXPECT_EQ(line(s.say()[0]), "API: read this (03:00 UTC)");
  s.report("API", {}, "bad deploy").phase = Phase::identified;
  EXPECT_EQ(line(s.say()[0]), "API-IDENTIFIED: bad deploy (03:00 UTC)");
  s.report("API", State::up, "fixed").phase = Phase::resolved;
  EXPECT_EQ(line(s.say()[0]), "API-RESOLVED: fixed (03:00 UTC)");
  Report& maint = s.report("API", State::maint, "new disks");
  maint.until = kStart + hours(2);
  EXPECT_EQ(line(s.say()[0]), "API-MAINT [until 2026-11-21 05:00Z]: new disks (03:00 UTC)");
  maint.from = kStart + hours(1);
  EXPECT_EQ(line(s.say()[0]),
            "API-MAINT [2026-11-21 04:00Z/2026-11-21 05:00Z]: new disks (03:00 UTC)");
}

TEST(StaffWords, OlderThanAnHourAreNoNews) {
  Said s;
  s.report("API", State::down, "disks");
  EXPECT_EQ(s.say(hours(1))[0].audience, Audience::followers);
  const auto old = s.say(hours(1) + Duration(1));
  EXPECT_EQ(old[0].audience, Audience::nobody);
  EXPECT_EQ(old[0].reason, "old_news");
}

TEST(StaffWords, AreSilentWhenTheLedgerSaysSo) {
  Said s;
  s.report("API", State::down, "disks");
  s.what.tell = false;
  EXPECT_TRUE(s.say().empty());
  s.what.tell = true;
  for (const Verdict verdict :
       {Verdict::recorded, Verdict::withheld, Verdict::echo, Verdict::ignored}) {
    s.what.verdict = verdict;
    EXPECT_TRUE(s.say().empty());
  }
}

TEST(Corrections, SayWhatItWasAndReplaceWhatIsUnsent) {
  Said s;
  s.report("API", State::down, "disks");
  s.follow("first");
  s.report("JS", State::issue, "disks");
  s.what.verdict = Verdict::corrected;
  const auto all = s.say();
  EXPECT_EQ(line(all.at(0)), "JS-ISSUE: correction, was API-DOWN: disks (03:00 UTC)");
  EXPECT_EQ(all[0].revokes, "first");
}

TEST(Corrections, FollowAPostThatGotANewId) {
  Said s;
  s.report("API", State::down, "disks");
  s.follow("first");
  s.what.verdict = Verdict::corrected;
  s.what.post.id = "18";
  s.what.post.replaces = "17";
  EXPECT_EQ(s.say().at(0).revokes, "first");
}

TEST(Deletions, CancelAtOnceAndAreToldWhenFinal) {
  Said s;
  s.report("API", State::down, "disks");
  s.follow("first");
  s.what.verdict = Verdict::withdrawn;
  const auto at_once = s.say();
  EXPECT_EQ(at_once.at(0).audience, Audience::nobody);
  EXPECT_EQ(at_once[0].revokes, "first");
  const auto final = s.elapse(Elapsed::What::deletion_final, "fedi 17");
  EXPECT_EQ(line(final.at(0)), "withdrawn: API-DOWN: disks (03:30 UTC)");
  EXPECT_EQ(final[0].revokes, "first");
  EXPECT_EQ(final[0].except_account, "fedi");
}

TEST(Deletions, OfWhatWasNeverToldAreSilent) {
  Said s;
  s.report("API", State::down, "disks");
  s.follow("");
  s.what.verdict = Verdict::withdrawn;
  EXPECT_TRUE(s.say().empty());
  EXPECT_TRUE(s.elapse(Elapsed::What::deletion_final, "fedi 17").empty());
  EXPECT_TRUE(s.elapse(Elapsed::What::deletion_final, "fedi 99").empty());
}

TEST(Replies, GiveTheAuthorAHintWithTheCorrectedLine) {
  Said s;
  s.what.verdict = Verdict::mistake;
  s.what.sentence = Mistake{"unknown_word", "\"DWON\" is no state", "API-DOWN: disks"};
  const auto all = s.say();
  EXPECT_EQ(all.at(0).audience, Audience::author);
  EXPECT_EQ(all[0].answers, (PostRef{"fedi", "17", ""}));
  EXPECT_EQ(line(all[0]), "\"DWON\" is no state\nDid you mean:\nAPI-DOWN: disks");
}

TEST(Replies, AnswerQuestionsWithTheCurrentState) {
  Said s;
  s.what.verdict = Verdict::question;
  s.what.sentence = Question{};
  EXPECT_EQ(line(s.say().at(0)), "now all 2 services UP (03:00 UTC)");
  s.board.services[0].state = State::issue;
  EXPECT_EQ(line(s.say().at(0)), "now API ISSUE, 1 other UP (03:00 UTC)");
  s.what.sentence = Question{{"JS"}};
  EXPECT_EQ(line(s.say().at(0)), "now JS UP (03:00 UTC)");
}

TEST(Replies, TellAuthorAndStaffOfWhatIsHeld) {
  Said s;
  s.report("API", State::down, "disks");
  s.what.verdict = Verdict::held;
  s.what.reason = "safety_catch";
  s.what.post.text = "API-DOWN: disks";
  const auto all = s.say();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].audience, Audience::author);
  EXPECT_EQ(all[1].audience, Audience::staff);
  EXPECT_NE(all[0].id, all[1].id);
  EXPECT_NE(all[1].text.find("API-DOWN: disks"), std::string::npos);
}

TEST(Replies, TellTheAuthorOfAnUpThatMeasurementStillDenies) {
  Said s;
  s.report("API", State::up, "fixed");
  s.after.entries["API"].measured = measured(State::down, 620);
  const auto all = s.say();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[1].audience, Audience::author);
  EXPECT_EQ(all[1].text,
            "still measured API DOWN, 62 % of 1,000 requests in 5 min; the incident is MONITORING "
            "and closes when measurement is UP");
  ServiceView shown;
  shown.id = "API";
  shown.standing.measured = measured(State::down, 0);
  s.board.services = {shown};
  EXPECT_THAT(s.say()[1].text, testing::HasSubstr("DOWN, 0 % of")) << "the newest figure";
  std::get<Report>(s.what.sentence).until = kStart + hours(1);
  EXPECT_EQ(s.say().size(), 1u) << "measurement is set aside";
}

TEST(Reminders, AskStaffToClose) {
  Said s;
  Incident incident;
  incident.id = "inc";
  incident.name = "API: disks";
  incident.services["API"] = State::down;
  incident.last_word = kStart;
  s.after.incidents = {incident};
  s.after.entries["API"].measured = measured(State::up, 999);
  s.after.entries["API"].measured_since = kStart + minutes(20);
  const auto recovered = s.elapse(Elapsed::What::reminder_recovered, "inc").at(0);
  EXPECT_EQ(recovered.audience, Audience::staff);
  EXPECT_EQ(recovered.text, "back to 99.9 % for 10 min; post `API-UP: …` to close \"API: disks\"");
  EXPECT_EQ(s.elapse(Elapsed::What::reminder_silent, "inc").at(0).text,
            "no word for 30 min in \"API: disks\"; post `API-IDENTIFIED: …` or `API-UP: …`");
  EXPECT_TRUE(s.elapse(Elapsed::What::reminder_silent, "gone").empty());
}

TEST(Reminders, AskAboutAMaintenanceWithoutEnd) {
  Said s;
  Maintenance m;
  m.id = "m";
  m.name = "API: new disks";
  m.services = {"API"};
  m.from = kStart - minutes(90);
  s.before.maintenances = {m};
  EXPECT_EQ(s.elapse(Elapsed::What::maintenance_asks, "m").at(0).text,
            "maintenance \"API: new disks\" had no end and is over after 2 h; if it goes on, post "
            "`API-MAINT: …`");
}

TEST(WhatTheMachineSpoke, IsSaidOnlyWhenTold) {
  Said s;
  MachineSpoke spoke;
  spoke.announcement.id = "own";
  Event event{.seq = 9, .at = kStart, .what = spoke};
  EXPECT_EQ(what_to_say(event, {}, {}, s.board, {}).at(0).id, "own");
  spoke.told = false;
  event.what = spoke;
  EXPECT_TRUE(what_to_say(event, {}, {}, s.board, {}).empty());
}

TEST(Digest, TellsTheCurrentStateOnce) {
  Said s;
  s.board.services[1].state = s.board.worst = State::down;
  Incident incident;
  incident.opened = kStart + minutes(5);
  s.board.incidents = {incident};
  Announcement a = digest(s.board, {}, kStart, kStart + hours(3));
  EXPECT_EQ(line(a),
            "JS-DOWN: since 2026-11-21 03:00 UTC: 1 incident begun, 0 resolved; now JS DOWN, "
            "1 other UP (06:00 UTC)");
  s.board.services[1].state = s.board.worst = State::up;
  EXPECT_EQ(digest(s.board, {}, kStart, kStart).head_word, "UP");
  s.board.services[1].state = s.board.worst = State::unknown;
  EXPECT_TRUE(digest(s.board, {}, kStart, kStart).targets.empty()) << "unknown is not green";
}

}  // namespace
}  // namespace signalbox::announce
