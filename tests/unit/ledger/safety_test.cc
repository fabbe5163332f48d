#include "tests/unit/ledger/desk.h"

namespace signalbox::ledger {
namespace {

Report number(int i) {
  return a_report({"API"}, i % 2 == 0 ? State::down : State::up, "change " + std::to_string(i));
}

TEST(SafetyCatch, HoldsTheSurplusOfOneAuthor) {
  Desk desk;
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(desk.say(number(i)).verdict, Verdict::applied);
    desk.wait(seconds(1));
  }
  const auto held = desk.say(number(10));
  EXPECT_EQ(held.verdict, Verdict::held);
  EXPECT_EQ(held.reason, "safety_catch");
  EXPECT_FALSE(held.tell);
  EXPECT_EQ(desk.stated("API"), State::up);
  ASSERT_EQ(desk.book.held.size(), 1u);
  desk.wait(minutes(11));
  EXPECT_EQ(desk.say(number(12)).verdict, Verdict::applied);
}

TEST(SafetyCatch, CountsByTheSourcesTime) {
  Desk desk;
  for (int i = 0; i < 30; ++i) {
    Post post = desk.post(Desk::line(number(i)));
    post.at = desk.now - minutes(300 - 2 * i);
    EXPECT_EQ(desk.hear(post, number(i)).verdict, Verdict::applied);
  }
}

TEST(SafetyCatch, CountsAReportOnceAndNoticesNever) {
  Desk desk;
  for (int i = 0; i < 30; ++i) desk.say({"API"}, {}, "notice " + std::to_string(i));
  for (int i = 0; i < 10; ++i) {
    const Report report = a_report({"API", "JS", "DB"}, State::down, std::to_string(i));
    EXPECT_EQ(desk.say(report).verdict, Verdict::applied);
  }
  EXPECT_EQ(desk.say(number(1)).verdict, Verdict::held);
}

TEST(SafetyCatch, DoesNotHoldTheConsole) {
  Desk desk;
  Speaker console;
  console.console = true;
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(desk.hear(desk.post(std::to_string(i), "local"), number(i), console).verdict,
              Verdict::applied);
  }
}

TEST(SafetyCatch, HoldsEachOfTheSurplusAlsoWhenTheyStateTheSame) {
  Desk desk;
  for (int i = 0; i < 10; ++i) desk.say(number(i));
  desk.say(a_report({"API"}, State::down, "first of the surplus"));
  desk.say(a_report({"API"}, State::down, "second of the surplus"));
  EXPECT_EQ(desk.book.held.size(), 2u);
}

TEST(SafetyCatch, ASecondAuthorReleases) {
  Desk desk;
  for (int i = 0; i < 10; ++i) desk.say(number(i));
  desk.say(number(10));
  const Report same = a_report({"API"}, State::down, "I see it too");
  EXPECT_EQ(desk.say(same, "ops", "U1").verdict, Verdict::applied);
  EXPECT_EQ(desk.stated("API"), State::down);
  EXPECT_TRUE(desk.book.held.empty());
}

TEST(SafetyCatch, TheConsoleReleasesDiscardsAndGoesBack) {
  Desk desk;
  desk.say(a_report({"API"}, State::issue, "slow"), "ops", "U1");
  desk.wait(minutes(1));
  for (int i = 0; i < 10; ++i) {
    desk.say(number(i));
    desk.wait(seconds(1));
  }
  desk.say(number(10));
  ASSERT_TRUE(desk.order(Commanded::What::release, desk.book.held[0].id).ok());
  EXPECT_EQ(desk.stated("API"), State::down);
  desk.say(number(12));
  ASSERT_TRUE(desk.order(Commanded::What::discard, desk.book.held[0].id).ok());
  EXPECT_TRUE(desk.book.held.empty());
  ASSERT_TRUE(desk.order(Commanded::What::go_back, "A").ok());
  EXPECT_EQ(desk.stated("API"), State::issue);
  EXPECT_TRUE(desk.book.changes.empty() || desk.book.changes.front().author == "ops U1");
  EXPECT_EQ(desk.book.entries.at("API").stated->post_account, "ops");
  EXPECT_EQ(desk.book.troubled.count("API"), 1u);
}

TEST(SafetyCatch, ADeletedHeldPostIsDropped) {
  Desk desk;
  for (int i = 0; i < 11; ++i) desk.say(number(i));
  EXPECT_EQ(desk.remove(desk.last).reason, "held_withdrawn");
  EXPECT_TRUE(desk.book.held.empty());
}

Report all_down() {
  Report report = a_report({"API", "JS", "DB"}, State::down, "everything");
  report.targets = {"ALL"};
  return report;
}

TEST(AllDown, AppliesAtOnceWithEvidence) {
  Desk desk;
  desk.measure("JS", State::issue);
  EXPECT_EQ(desk.say(all_down()).verdict, Verdict::applied);
}

TEST(AllDown, WaitsForTheSameAuthorToRepeatIt) {
  Desk desk;
  const auto first = desk.say(all_down());
  EXPECT_EQ(first.verdict, Verdict::held);
  EXPECT_EQ(first.reason, "all_down_unconfirmed");
  desk.wait(minutes(4));
  EXPECT_EQ(desk.say(all_down()).verdict, Verdict::applied);
  EXPECT_TRUE(desk.book.held.empty());
  EXPECT_EQ(desk.stated("DB"), State::down);
}

TEST(AllDown, LapsesAfterFiveMinutes) {
  Desk desk;
  desk.say(all_down());
  EXPECT_EQ(desk.wait(minutes(5)), std::vector<std::string>{"confirmation_lapsed"});
  EXPECT_TRUE(desk.book.held.empty());
  EXPECT_EQ(desk.say(all_down()).verdict, Verdict::held);
}

TEST(AllDown, IsReleasedByTheConsoleOrASecondAuthor) {
  Desk desk;
  desk.say(all_down());
  ASSERT_TRUE(desk.order(Commanded::What::release, desk.book.held[0].id).ok());
  EXPECT_EQ(desk.stated("DB"), State::down);
  Desk other;
  other.say(all_down());
  EXPECT_EQ(other.say(all_down(), "ops", "U1").verdict, Verdict::applied);
  Desk console;
  Speaker speaker;
  speaker.console = true;
  EXPECT_EQ(console.hear(console.post("ALL-DOWN: x", "local"), all_down(), speaker).verdict,
            Verdict::applied);
}

TEST(SafetyCatch, LetsTheConsoleNameAHeldReportByItsPost) {
  const auto surplus = [](Desk& desk) {
    for (int i = 0; i < 10; ++i) desk.say(number(i));
    desk.say(a_report({"API"}, State::down, "the surplus"));
    EXPECT_EQ(desk.book.held.front().id, held_id(desk.book.seq));
  };
  for (const bool with_account : {false, true}) {
    Desk desk;
    surplus(desk);
    const std::string post = (with_account ? "fedi " : "") + desk.last.id;
    const std::string id = desk.book.held.front().id;
    ASSERT_TRUE(desk.order(Commanded::What::release, post).ok());
    EXPECT_EQ(std::get<Commanded>(desk.events.back().what).subject, id);
    EXPECT_EQ(desk.stated("API"), State::down);
  }
  Desk desk;
  surplus(desk);
  desk.book.held.push_back(desk.book.held.front());
  desk.book.held.back().id = "another";
  const Status unclear = desk.order(Commanded::What::discard, desk.last.id);
  ASSERT_FALSE(unclear.ok());
  EXPECT_NE(unclear.error().what.find("another"), std::string::npos) << unclear.error().what;
}

TEST(Freeze, WithholdsForGood) {
  Desk desk;
  ASSERT_TRUE(desk.order(Commanded::What::freeze, "fedi").ok());
  EXPECT_EQ(desk.say({"API"}, State::down, "x").verdict, Verdict::withheld);
  ASSERT_TRUE(desk.order(Commanded::What::thaw, "fedi").ok());
  EXPECT_FALSE(desk.stated("API"));
  EXPECT_EQ(desk.say({"API"}, State::down, "x").verdict, Verdict::applied);
}

TEST(Commands, NameTheRemedyWhenTheSubjectDoesNotExist) {
  Desk desk;
  struct Row {
    Commanded::What what;
    const char* remedy;
  };
  for (const Row& row : {Row{Commanded::What::freeze, "fedi, local, ops"},
                         Row{Commanded::What::thaw, "fedi, local, ops"},
                         Row{Commanded::What::release, "held are: none"},
                         Row{Commanded::What::discard, "held are: none"},
                         Row{Commanded::What::go_back, "some by: none"}}) {
    const Status status = desk.order(row.what, "nobody");
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, Error::Code::invalid);
    EXPECT_NE(status.error().what.find(row.remedy), std::string::npos) << status.error().what;
  }
}

}  // namespace
}  // namespace signalbox::ledger
