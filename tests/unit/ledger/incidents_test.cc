#include "ledger/incidents.h"

#include "model/incident_name.h"
#include "tests/unit/ledger/desk.h"

namespace signalbox::ledger {
namespace {

TEST(Incidents, OpenWithTroubleAndResolveWithTheLastUp) {
  Desk desk;
  EXPECT_EQ(desk.say({"API", "JS"}, State::down, "disks caught fire. We look.").reason, "report");
  ASSERT_EQ(desk.book.incidents.size(), 1u);
  EXPECT_EQ(desk.incident().name, "Public API, JS: disks caught fire.");
  EXPECT_EQ(desk.incident().phase, Phase::investigating);
  EXPECT_EQ(desk.incident().worst, State::down);
  EXPECT_EQ(
      desk.incident().updates[0].affected,
      (std::vector<Affected>{{"API", State::up, State::down}, {"JS", State::up, State::down}}));
  desk.wait(minutes(1));
  EXPECT_EQ(desk.say({"API"}, State::up, "api is back").reason, "up");
  EXPECT_TRUE(desk.incident().open());
  desk.wait(minutes(1));
  desk.say({"JS"}, State::up, "all back");
  EXPECT_FALSE(desk.incident().open());
  EXPECT_EQ(desk.incident().phase, Phase::resolved);
  EXPECT_EQ(desk.incident().resolved, desk.now);
  EXPECT_EQ(desk.incident().updates.size(), 3u);
  EXPECT_TRUE(desk.book.troubled.empty());
}

TEST(Incidents, TakeInNewTargetsWhenExactlyOneIsTouched) {
  Desk desk;
  desk.say({"API"}, State::issue, "slow");
  desk.say({"API", "JS"}, State::down, "worse");
  ASSERT_EQ(desk.book.incidents.size(), 1u);
  EXPECT_EQ(desk.incident().services,
            (std::map<std::string, State>{{"API", State::down}, {"JS", State::down}}));
}

TEST(Incidents, OpenOneMoreForNewTargetsWhenSeveralAreTouched) {
  Desk desk;
  desk.say({"API"}, State::issue, "slow");
  desk.say({"JS"}, State::issue, "slower");
  ASSERT_EQ(desk.book.incidents.size(), 2u);
  desk.say({"API", "JS", "DB"}, State::down, "all of it");
  ASSERT_EQ(desk.book.incidents.size(), 3u);
  EXPECT_EQ(desk.book.incidents[0].services.size(), 1u);
  EXPECT_EQ(desk.book.incidents[1].services.size(), 1u);
  EXPECT_EQ(desk.book.incidents[2].services.count("DB"), 1u);
  EXPECT_EQ(desk.book.incidents[0].updates.size(), 2u);
}

TEST(Incidents, TakeAClosedServiceBack) {
  Desk desk;
  desk.say({"API", "JS"}, State::down, "both");
  desk.say({"API"}, State::up, "one back");
  desk.say({"API"}, State::issue, "not quite");
  ASSERT_EQ(desk.book.incidents.size(), 1u);
  EXPECT_EQ(desk.incident().services.at("API"), State::issue);
}

TEST(Incidents, UpWithoutTroubleIsOnlyAStatement) {
  Desk desk;
  desk.say({"API"}, State::up, "all fine");
  EXPECT_TRUE(desk.book.incidents.empty());
  EXPECT_EQ(desk.stated("API"), State::up);
}

TEST(Phases, OpenMoveAndRefuse) {
  struct Row {
    Phase phase;
    std::optional<State> state;
    bool open;
    const char* reason;
  };
  const std::vector<Row> rows = {
      {Phase::investigating, {}, false, "phase"},
      {Phase::identified, {}, false, "phase"},
      {Phase::monitoring, {}, false, "no_open_incident"},
      {Phase::resolved, State::up, false, "no_open_incident"},
      {Phase::done, State::up, false, "no_open_incident"},
      {Phase::postmortem, {}, false, "no_resolved_incident"},
      {Phase::identified, {}, true, "phase"},
      {Phase::monitoring, {}, true, "phase"},
      {Phase::resolved, State::up, true, "up"},
      {Phase::done, State::up, true, "up"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(word(row.phase)) + (row.open ? " open" : " none"));
    Desk desk;
    if (row.open) desk.say({"API"}, State::down, "disks");
    const auto heard = desk.say({"API"}, row.state, "a word", row.phase);
    EXPECT_EQ(heard.reason, row.reason);
    const bool refused = heard.verdict == Verdict::mistake;
    EXPECT_EQ(std::holds_alternative<Mistake>(heard.sentence), refused);
    if (refused) continue;
    ASSERT_EQ(desk.book.incidents.size(), 1u);
    EXPECT_EQ(desk.incident().phase, row.state ? Phase::resolved : row.phase);
    if (!row.open) {
      EXPECT_EQ(desk.stated("API"), State::issue);
      EXPECT_EQ(desk.incident().services.at("API"), State::issue);
    } else if (!row.state) {
      EXPECT_EQ(desk.stated("API"), State::down);
    }
  }
}

TEST(Phases, PostmortemGoesToTheLatestResolved) {
  Desk desk;
  desk.say({"API"}, State::down, "first");
  desk.wait(minutes(1));
  desk.say({"API"}, State::up, "ok");
  desk.wait(minutes(1));
  desk.say({"API"}, State::down, "second");
  desk.wait(minutes(1));
  desk.say({"API"}, State::up, "ok again");
  EXPECT_EQ(desk.say({"API"}, {}, "https://acme.example/pm", Phase::postmortem).reason, "phase");
  EXPECT_FALSE(desk.book.incidents[0].postmortem);
  ASSERT_TRUE(desk.incident().postmortem);
  EXPECT_EQ(desk.incident().postmortem->text, "https://acme.example/pm");
  EXPECT_FALSE(desk.incident().open());
}

TEST(Phases, UpWhileMeasuredIsWorseWaitsInMonitoring) {
  Desk desk;
  desk.measure("API", State::down);
  desk.say({"API"}, State::down, "disks");
  EXPECT_EQ(desk.say({"API"}, State::up, "fixed").reason, "measured_worse");
  EXPECT_TRUE(desk.incident().open());
  EXPECT_EQ(desk.incident().phase, Phase::monitoring);
  EXPECT_EQ(desk.incident().monitoring, desk.now);
  desk.measure("API", State::unknown);
  EXPECT_TRUE(desk.incident().open());
  desk.wait(minutes(2));
  desk.measure("API", State::up);
  EXPECT_FALSE(desk.incident().open());
  EXPECT_EQ(desk.incident().phase, Phase::resolved);
}

TEST(Phases, TroubleSaidAgainEndsTheWaitInMonitoring) {
  Desk desk;
  desk.measure("API", State::down);
  desk.say({"API"}, State::down, "disks");
  desk.say({"API"}, State::up, "fixed");
  desk.say({"API"}, State::down, "not fixed");
  EXPECT_EQ(desk.incident().phase, Phase::investigating);
  desk.measure("API", State::up);
  EXPECT_TRUE(desk.incident().open());
}

TEST(Machine, OpensOneIncidentForAllAndResolvesItWhenUntouched) {
  for (const bool told : {true, false}) {
    Desk desk;
    desk.machine(Tidings::worse, {{"API", State::issue}, {"JS", State::down}});
    ASSERT_EQ(desk.book.incidents.size(), 1u);
    EXPECT_TRUE(desk.incident().automatic);
    EXPECT_EQ(desk.incident().worst, State::down);
    EXPECT_EQ(desk.incident().name, "Public API, JS: 97.3 % of 12,400 requests in 5 min");
    desk.machine(Tidings::better, {{"JS", State::up}}, told);
    EXPECT_TRUE(desk.incident().open());
    desk.machine(Tidings::better, {{"API", State::up}}, told);
    EXPECT_FALSE(desk.incident().open());
    EXPECT_EQ(desk.incident().updates.size(), 3u);
  }
}

TEST(Machine, OnlySpeaksInWhatHumansTouched) {
  Desk desk;
  desk.machine(Tidings::worse, {{"API", State::issue}});
  desk.say({"API"}, State::issue, "we are on it");
  EXPECT_TRUE(desk.incident().touched);
  desk.machine(Tidings::better, {{"API", State::up}});
  EXPECT_TRUE(desk.incident().open());
  EXPECT_EQ(desk.incident().services.at("API"), State::issue);
  EXPECT_EQ(desk.incident().updates.size(), 3u);
  desk.machine(Tidings::worse, {{"API", State::down}});
  EXPECT_EQ(desk.incident().services.at("API"), State::down);
}

TEST(Machine, SaysWhomAWordIsAboutThatStandsInTwoIncidents) {
  Desk desk;
  desk.say({"API"}, State::issue, "we are on it");
  desk.machine(Tidings::worse, {{"API", State::down}, {"JS", State::down}});
  ASSERT_EQ(desk.book.incidents.size(), 2u);
  for (const Incident& incident : desk.book.incidents) {
    EXPECT_EQ(incident.updates.back().about, (std::vector<std::string>{"API", "JS"}));
  }
  desk.machine(Tidings::better, {{"JS", State::up}});
  EXPECT_TRUE(desk.book.incidents[1].updates.back().about.empty());
}

TEST(Machine, KeepsQuietAboutTheRest) {
  Desk desk;
  desk.machine(Tidings::lost_sight, {{"API", State::unknown}});
  desk.machine(Tidings::digest, {{"API", State::down}});
  desk.machine(Tidings::better, {{"API", State::up}});
  EXPECT_TRUE(desk.book.incidents.empty());
}

TEST(Machine, LeavesIncidentsOfRemovedServices) {
  Desk desk;
  desk.machine(Tidings::worse, {{"API", State::issue}});
  Configured without;
  without.services = {desk.book.services[1]};
  desk.add(without);
  EXPECT_FALSE(desk.incident().open());
}

TEST(Names, AreTheFirstSentenceCutTo100) {
  EXPECT_EQ(first_sentence("It broke. We look."), "It broke.");
  EXPECT_EQ(first_sentence("97.3 % of all\nand more"), "97.3 % of all");
  EXPECT_EQ(first_sentence("Why?! Nobody knows"), "Why?!");
  const Book book;
  const std::string name = incident_name(book, {"API"}, std::string(200, 'x'));
  EXPECT_EQ(name.substr(0, 6), "API: x");
  EXPECT_TRUE(name.ends_with("…"));
  std::vector<std::string> many;
  for (int i = 0; i < 40; ++i) many.push_back("service-" + std::to_string(i));
  EXPECT_NE(incident_name(book, many, "gone").find(" more: gone"), std::string::npos);
}

}  // namespace
}  // namespace signalbox::ledger
