#include "tests/unit/ledger/desk.h"

namespace signalbox::ledger {
namespace {

TEST(Edits, AChangedTextIsShownAndNotTold) {
  Desk desk;
  desk.say({"API"}, State::down, "diks caught fire");
  const auto heard = desk.rewrite(desk.last, a_report({"API"}, State::down, "disks caught fire"),
                                  "API-DOWN: disks caught fire");
  EXPECT_EQ(heard.verdict, Verdict::recorded);
  EXPECT_EQ(heard.reason, "text_revised");
  EXPECT_FALSE(heard.tell);
  ASSERT_EQ(desk.incident().updates.size(), 1u);
  EXPECT_TRUE(desk.incident().updates[0].edited);
  EXPECT_EQ(desk.incident().updates[0].text, "disks caught fire");
  EXPECT_EQ(desk.incident().name, "Public API: disks caught fire");
  EXPECT_EQ(desk.book.entries.at("API").stated->message, "disks caught fire");
}

TEST(Edits, AnUnchangedTextIsNothing) {
  Desk desk;
  const Report report = a_report({"API"}, State::down, "x");
  desk.say(report);
  EXPECT_EQ(desk.rewrite(desk.last, report, desk.last.text + " ").reason, "unchanged");
  EXPECT_EQ(desk.rewrite(desk.last, report, "@status " + desk.last.text).reason, "unchanged");
}

TEST(Edits, AChangedStateIsOneCorrectionInPlace) {
  Desk desk;
  desk.say({"API"}, State::down, "x");
  const std::string update = desk.incident().updates[0].id;
  const auto heard = desk.rewrite(desk.last, a_report({"API"}, State::issue, "x"), "API-ISSUE: x");
  EXPECT_EQ(heard.verdict, Verdict::corrected);
  EXPECT_TRUE(heard.tell);
  EXPECT_EQ(desk.stated("API"), State::issue);
  ASSERT_EQ(desk.book.incidents.size(), 1u);
  ASSERT_EQ(desk.incident().updates.size(), 1u);
  EXPECT_EQ(desk.incident().updates[0].id, update);
  EXPECT_EQ(desk.incident().worst, State::issue);
  EXPECT_TRUE(desk.incident().open());
}

TEST(Edits, AChangedTargetMovesTheIncident) {
  Desk desk;
  desk.say({"API"}, State::down, "x");
  desk.rewrite(desk.last, a_report({"JS"}, State::down, "x"), "JS-DOWN: x");
  EXPECT_FALSE(desk.stated("API"));
  EXPECT_EQ(desk.stated("JS"), State::down);
  ASSERT_EQ(desk.book.incidents.size(), 1u);
  EXPECT_EQ(desk.incident().services, (std::map<std::string, State>{{"JS", State::down}}));
  EXPECT_EQ(desk.incident().name, "JS: x");
  EXPECT_EQ(desk.book.troubled.count("API"), 0u);
}

TEST(Edits, ToUpResolvesAndToANoticeWithdraws) {
  Desk desk;
  desk.say({"API"}, State::down, "x");
  desk.rewrite(desk.last, a_report({"API"}, State::up, "x"), "API-UP: x");
  EXPECT_FALSE(desk.incident().open());
  desk.wait(minutes(1));
  desk.say({"JS"}, State::down, "y");
  desk.rewrite(desk.last, a_report({"JS"}, {}, "y"), "JS: y");
  EXPECT_FALSE(desk.incident().open());
  EXPECT_TRUE(desk.incident().updates[0].withdrawn);
  EXPECT_EQ(desk.book.notices.size(), 1u);
}

TEST(Edits, OfAnOverhauledWordChangeNothingNow) {
  Desk desk;
  desk.say({"API"}, State::down, "x");
  const Post first = desk.last;
  desk.wait(minutes(1));
  desk.say({"API"}, State::up, "ok");
  desk.rewrite(first, a_report({"API"}, State::issue, "x"), "API-ISSUE: x");
  EXPECT_EQ(desk.stated("API"), State::up);
  EXPECT_FALSE(desk.incident().open());
  EXPECT_EQ(desk.incident().updates.size(), 2u);
}

TEST(Edits, FollowANewIdAndItsNextOne) {
  Desk desk;
  desk.say({"API"}, State::down, "x");
  const std::string first = desk.last.id;
  for (const char* message : {"y", "z"}) {
    Post edit = desk.post("API-DOWN: " + std::string(message));
    edit.replaces = first;
    EXPECT_EQ(desk.hear(edit, a_report({"API"}, State::down, message)).reason, "redrafted");
    EXPECT_EQ(desk.incident().updates[0].text, message);
    EXPECT_EQ(desk.book.entries.at("API").stated->post_id, edit.id);
  }
  EXPECT_EQ(desk.incident().updates.size(), 1u);
  EXPECT_EQ(desk.book.followed.size(), 1u);
}

TEST(Edits, IntoAMistakeKeepTheStatementAndGetAHint) {
  Desk desk;
  desk.say({"API"}, State::down, "x");
  const Mistake wrong{"unknown_word", "no such word", ""};
  EXPECT_EQ(desk.rewrite(desk.last, wrong, "API-DWON: x").verdict, Verdict::mistake);
  EXPECT_EQ(desk.stated("API"), State::down);
}

TEST(Edits, IntoChatWithdrawAfterTheGrace) {
  Desk desk;
  desk.say({"API"}, State::down, "x");
  const Post once = desk.last;
  EXPECT_EQ(desk.rewrite(once, NotOurs{}, "never mind").reason, "edited_away");
  EXPECT_EQ(desk.stated("API"), State::down);
  EXPECT_EQ(desk.wait(minutes(2)), std::vector<std::string>{"deletion_final"});
  EXPECT_FALSE(desk.stated("API"));
}

TEST(Edits, OfAMaintenanceMoveItsWindow) {
  Desk desk;
  Report report = a_report({"API"}, State::maint, "disks");
  report.from = desk.now + hours(1);
  report.until = desk.now + hours(2);
  desk.say(report);
  report.from = desk.now + hours(3);
  report.until = desk.now + hours(4);
  EXPECT_EQ(desk.rewrite(desk.last, report, "later").verdict, Verdict::corrected);
  ASSERT_EQ(desk.book.maintenances.size(), 1u);
  EXPECT_EQ(desk.book.maintenances[0].from, *report.from);
  EXPECT_EQ(desk.book.maintenances[0].updates.size(), 1u);
}

TEST(Deletions, TakeEffectAfterTwoMinutes) {
  Desk desk;
  desk.say({"API"}, State::down, "x");
  EXPECT_EQ(desk.remove(desk.last).reason, "deleted");
  EXPECT_EQ(desk.remove(desk.last).reason, "already_deleted");
  EXPECT_EQ(desk.stated("API"), State::down);
  EXPECT_EQ(next_elapsed(desk.book, desk.rules), desk.now + minutes(2));
  EXPECT_EQ(desk.wait(minutes(2)), std::vector<std::string>{"deletion_final"});
  EXPECT_FALSE(desk.stated("API"));
  EXPECT_FALSE(desk.incident().open());
  EXPECT_TRUE(desk.incident().updates[0].withdrawn);
  EXPECT_TRUE(desk.book.followed.empty());
}

TEST(Deletions, GiveBackWhatWasStatedBefore) {
  Desk desk;
  desk.say({"API"}, State::issue, "slow");
  desk.wait(minutes(1));
  desk.say({"API", "JS"}, State::down, "gone");
  desk.remove(desk.last);
  desk.wait(minutes(2));
  EXPECT_EQ(desk.stated("API"), State::issue);
  EXPECT_FALSE(desk.stated("JS"));
  EXPECT_TRUE(desk.incident().open());
  EXPECT_EQ(desk.incident().services.at("API"), State::issue);
  EXPECT_EQ(desk.incident().services.at("JS"), State::up);
  EXPECT_EQ(desk.incident().worst, State::issue);
}

TEST(Deletions, NeverBringAWithdrawnWordBack) {
  Desk desk;
  desk.say({"API"}, State::issue, "first");
  const Post first = desk.last;
  desk.wait(minutes(1));
  desk.say({"API"}, State::down, "second");
  desk.remove(first);
  desk.wait(minutes(2));
  EXPECT_EQ(desk.stated("API"), State::down);
  desk.remove(desk.last);
  desk.wait(minutes(2));
  EXPECT_FALSE(desk.stated("API"));
  EXPECT_FALSE(desk.incident().open());
}

TEST(Deletions, OfAnUpOpenTheIncidentAgain) {
  Desk desk;
  desk.say({"API"}, State::down, "x");
  desk.wait(minutes(1));
  desk.say({"API"}, State::up, "ok");
  EXPECT_FALSE(desk.incident().open());
  desk.remove(desk.last);
  desk.wait(minutes(2));
  EXPECT_EQ(desk.stated("API"), State::down);
  EXPECT_TRUE(desk.incident().open());
  EXPECT_EQ(desk.book.troubled.at("API"), desk.incident().id);
}

TEST(Deletions, LeaveAMachinesIncidentToTheMachine) {
  Desk desk;
  desk.measure("API", State::issue);
  desk.machine(Tidings::worse, {{"API", State::issue}});
  desk.say({"API"}, State::down, "worse than that");
  desk.remove(desk.last);
  desk.wait(minutes(2));
  EXPECT_TRUE(desk.incident().open());
  EXPECT_FALSE(desk.incident().touched);
  EXPECT_EQ(desk.incident().services.at("API"), State::issue);
  desk.machine(Tidings::better, {{"API", State::up}});
  EXPECT_FALSE(desk.incident().open());
}

TEST(Deletions, CancelAMaintenanceAndANotice) {
  Desk desk;
  Report report = a_report({"API"}, State::maint, "disks");
  report.from = desk.now + hours(1);
  desk.say(report);
  const Post planned = desk.last;
  desk.say({"JS"}, {}, "note");
  desk.remove(planned);
  desk.remove(desk.last);
  desk.wait(minutes(2));
  EXPECT_TRUE(desk.book.maintenances[0].ended);
  EXPECT_TRUE(desk.book.notices.empty());
}

TEST(Redrafts, TakeTheDeletedPostsPlace) {
  struct Row {
    State state;
    const char* message;
    Verdict verdict;
    bool tell;
  };
  for (const Row& row : {Row{State::down, "disks", Verdict::recorded, false},
                         Row{State::issue, "diks", Verdict::corrected, true}}) {
    Desk desk;
    desk.say({"API"}, State::down, "diks");
    desk.remove(desk.last);
    desk.wait(minutes(1));
    const auto heard = desk.say({"API"}, row.state, row.message);
    EXPECT_EQ(heard.verdict, row.verdict);
    EXPECT_EQ(heard.tell, row.tell);
    EXPECT_TRUE(desk.wait(minutes(5)).empty());
    EXPECT_EQ(desk.stated("API"), row.state);
    ASSERT_EQ(desk.incident().updates.size(), 1u);
    EXPECT_EQ(desk.incident().updates[0].text, row.message);
    EXPECT_EQ(desk.incident().updates[0].post_id, desk.last.id);
  }
}

TEST(Redrafts, AreSeenAlsoWhenTheNewPostComesFirst) {
  Desk desk;
  desk.say({"API"}, State::down, "diks");
  const Post old = desk.last;
  desk.wait(seconds(30));
  desk.say({"API"}, State::down, "disks");
  EXPECT_EQ(desk.remove(old).reason, "redrafted");
  EXPECT_EQ(desk.stated("API"), State::down);
  EXPECT_TRUE(desk.incident().updates[0].withdrawn);
  EXPECT_TRUE(desk.wait(minutes(5)).empty());
}

TEST(Redrafts, KeepAWordThatWasRepeatedBeforeItsDeletion) {
  Desk desk;
  desk.say({"API"}, State::down, "disks");
  const Post old = desk.last;
  desk.wait(seconds(30));
  EXPECT_EQ(desk.say({"API"}, State::down, "disks").reason, "duplicate_report");
  const auto heard = desk.remove(old);
  EXPECT_EQ(heard.verdict, Verdict::recorded);
  EXPECT_EQ(heard.reason, "taken_over");
  EXPECT_TRUE(desk.wait(minutes(5)).empty());
  EXPECT_EQ(desk.stated("API"), State::down);
  EXPECT_EQ(desk.remove(desk.last).reason, "deleted");
  desk.wait(minutes(2));
  EXPECT_FALSE(desk.stated("API"));
}

TEST(Redrafts, AreNotSomebodyElsesWords) {
  Desk desk;
  desk.say(a_report({"API"}, State::down, "x"), "ops", "U1");
  desk.remove(desk.last);
  EXPECT_EQ(desk.say(a_report({"API"}, State::issue, "y"), "ops", "U2").verdict, Verdict::applied);
}

TEST(Followed, UntilADayAfterTheIncident) {
  Desk desk;
  desk.say({"API"}, State::down, "x");
  desk.wait(hours(50));
  EXPECT_EQ(desk.book.followed.size(), 1u);
  desk.say({"API"}, State::up, "ok");
  desk.wait(hours(23));
  desk.measure("API", State::up);
  EXPECT_EQ(desk.book.followed.size(), 2u);
  desk.wait(hours(3));
  desk.measure("API", State::up);
  EXPECT_TRUE(desk.book.followed.empty());
}

}  // namespace
}  // namespace signalbox::ledger
