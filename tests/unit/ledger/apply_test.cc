#include "tests/unit/ledger/desk.h"

namespace signalbox::ledger {
namespace {

TEST(Apply, SetsAsideWhatCannotBeFolded) {
  const Report stranger = a_report({"GONE"}, State::down, "x");
  PostReceived about_nothing;
  about_nothing.sentence = stranger;
  about_nothing.verdict = Verdict::applied;
  const std::vector<decltype(Event::what)> bad = {
      about_nothing,
      MeasuredChanged{"GONE", State::up, {}},
      StandingChanged{"GONE", State::up, State::down, ""},
      Elapsed{Elapsed::What::statement_ended, "GONE"},
      Elapsed{Elapsed::What::maintenance_ended, "none"},
      Elapsed{Elapsed::What::reminder_silent, "none"},
      Commanded{Commanded::What::release, "none", "console", {}},
  };
  for (const auto& what : bad) {
    Desk desk;
    Book before = desk.book;
    const Status status = apply(desk.book, Event{before.seq + 1, desk.now, what});
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, Error::Code::invalid);
    ++before.seq;
    EXPECT_EQ(desk.book, before);
  }
}

TEST(Apply, RefusesAGapOrARepetition) {
  Desk desk;
  const Book before = desk.book;
  for (const std::uint64_t seq : {before.seq, before.seq + 2}) {
    const Status status = apply(desk.book, Event{seq, desk.now, MachineSpoke{}});
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, Error::Code::internal);
    EXPECT_EQ(desk.book, before);
  }
}

TEST(Days, AreSummedByStateAndCutAtMidnight) {
  Desk desk;  // 04:00
  desk.wait(hours(2));
  desk.add(StandingChanged{"API", State::up, State::down, "stated_worse"});
  desk.wait(hours(20));
  desk.add(StandingChanged{"API", State::down, State::up, "stated"});
  const auto& entry = desk.book.entries.at("API");
  ASSERT_EQ(entry.days.size(), 2u);
  const auto day = std::chrono::sys_days(std::chrono::year(2026) / 11 / 21);
  EXPECT_EQ(entry.days.at(day), (DayTally{7200, 0, 18 * 3600, 0, 0}));
  EXPECT_EQ(entry.days.at(day + std::chrono::days(1)), (DayTally{0, 0, 7200, 0, 0}));
  EXPECT_EQ(entry.since, desk.now);
}

TEST(Days, AreKeptForNinety) {
  Desk desk;
  for (int i = 0; i < 200; ++i) {
    desk.wait(hours(24));
    desk.add(StandingChanged{"API", State::up, State::up, ""});
  }
  EXPECT_EQ(desk.book.entries.at("API").days.size(), 91u);
  desk.wait(hours(24 * 400));
  desk.add(StandingChanged{"API", State::up, State::up, ""});
  EXPECT_EQ(desk.book.entries.at("API").days.size(), 91u);
}

TEST(Configuration, BeginsMeasuredServicesUnknown) {
  Desk desk;
  Configured configured;
  configured.services = desk.book.services;
  Service measured;
  measured.id = "NEW";
  measured.measured = true;
  configured.services.push_back(measured);
  configured.account_labels["fedi"] = "Mastodon";
  desk.add(configured);
  EXPECT_EQ(desk.book.entries.at("NEW").shown, State::unknown);
  EXPECT_EQ(desk.book.entries.at("API").shown, State::up);
  EXPECT_EQ(desk.book.account_labels.at("fedi"), "Mastodon");
}

TEST(Configuration, RemembersForEverWhenAServiceWasFirstKnown) {
  Desk desk;
  const Time first = desk.now;
  EXPECT_EQ(desk.book.began, first);
  const Configured all{desk.book.services, {}};
  desk.now += hours(24 * 100);
  desk.add(StandingChanged{"API", State::up, State::down, "stated"});
  EXPECT_EQ(desk.book.entries.at("API").known, first);
  desk.add(Configured{{all.services[1]}, {}});
  desk.now += hours(1);
  desk.add(all);
  EXPECT_EQ(desk.book.entries.at("API").known, first) << "it returned";
  EXPECT_EQ(desk.book.began, first);
}

TEST(Configuration, EndsTheTroubleOfARemovedService) {
  Desk desk;
  desk.say({"API", "JS"}, State::down, "x");
  Configured without;
  without.services = {desk.book.services[1]};
  desk.add(without);
  EXPECT_TRUE(desk.incident().open());
  EXPECT_EQ(desk.incident().services.at("API"), State::up);
  EXPECT_FALSE(desk.stated("API"));
}

}  // namespace
}  // namespace signalbox::ledger
