#include "board/excerpt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "board/veil.h"

namespace signalbox::board {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Names = std::vector<std::string>;

Time at(const std::string& text) { return parse_iso(text).value(); }
Time now() { return at("2026-11-21T03:30:00Z"); }

struct Hidden {
  std::string text;
  std::string shown;
};

TEST(Veil, TakesOutWholeWordsOnly) {
  const Names strangers = {"API", "US store", "JS"};
  const Names kept = {"EU-API", "EU"};
  const std::vector<Hidden> cases = {
      {"API is down", "another service is down"},
      {"see API.", "see another service."},
      {"the EU-API and API", "the EU-API and another service"},
      {"RAPID APIs", "RAPID APIs"},
      {"api is no name", "api is no name"},
      {"US store, JS: away", "another service, another service: away"},
      {"ÜAPI", "ÜAPI"},
      {"", ""},
  };
  for (const auto& [text, shown] : cases)
    EXPECT_EQ(Veil(strangers, kept).over(text), shown) << text;
}

TEST(Veil, IsNothingWithoutNames) { EXPECT_EQ(Veil({}, {}).over("API"), "API"); }

TEST(Veil, KeepsANameThatTwoHave) {
  EXPECT_EQ(Veil({"API"}, {"API"}).over("API is down"), "API is down");
}

ServiceView service(const std::string& id, const std::string& name, State state) {
  ServiceView view;
  view.id = id;
  view.name = name;
  view.state = view.standing.state = state;
  view.since = now() - std::chrono::hours(1);
  return view;
}

Update update(const std::string& id, int minutes_ago, const std::string& text,
              std::vector<Affected> affected) {
  Update one;
  one.id = id;
  one.at = now() - std::chrono::minutes(minutes_ago);
  one.text = text;
  one.affected = std::move(affected);
  return one;
}

/// EU and US fell together; EU is up again, US is not.
Incident both() {
  Incident incident;
  incident.id = "sharedsharedx";
  incident.name = "Europe, America: America's disks burn";
  incident.services = {{"EU", State::up}, {"US", State::down}};
  incident.worst = State::down;
  incident.opened = now() - std::chrono::minutes(60);
  incident.updates = {
      update("u1", 60, "America took Europe with it. More soon.",
             {{"EU", State::up, State::issue}, {"US", State::up, State::down}}),
      update("u2", 50, "only US", {{"US", State::down, State::issue}}),
      update("u3", 40, "both are looked at, US first", {}),
      update("u4", 30, "Europe is back", {{"EU", State::issue, State::up}}),
      update("u5", 20, "US fell again", {{"US", State::issue, State::down}}),
  };
  return incident;
}

Incident alone(const std::string& id, const std::string& of) {
  Incident incident;
  incident.id = id;
  incident.name = of + ": alone";
  incident.services = {{of, State::down}};
  incident.opened = now() - std::chrono::minutes(10);
  incident.updates = {update(id + "1", 10, "alone", {{of, State::up, State::down}})};
  return incident;
}

Snapshot board_of_three() {
  Snapshot whole;
  whole.generation = 3;
  whole.as_of = now();
  whole.updated_at = now();
  whole.page.created = now() - std::chrono::hours(999);
  whole.services = {service("EU", "Europe", State::up), service("US", "America", State::down),
                    service("HIDE", "Hidden engine", State::issue)};
  whole.services[0].standing.stated = Statement{};
  whole.services[0].standing.stated->message = "up again, America not";
  whole.worst = State::down;
  whole.incidents = {alone("usususususus", "US"), alone("eueueueueueu", "EU"), both()};
  return whole;
}

Snapshot excerpt(const Snapshot& whole, const Names& own) {
  Cuttings cuttings;
  return Excerpt(whole, own).snapshot(whole.page, cuttings);
}

TEST(Excerpt, HasItsServicesInOrderAndTheirWorst) {
  const Snapshot part = excerpt(board_of_three(), {"HIDE", "EU"});
  ASSERT_EQ(part.services.size(), 2U);
  EXPECT_EQ(part.services[0].id, "EU");
  EXPECT_EQ(part.services[1].id, "HIDE");
  EXPECT_EQ(part.worst, State::issue);
  EXPECT_EQ(part.generation, 3U);
}

TEST(Excerpt, IsNotUpWithoutAService) {
  EXPECT_EQ(excerpt(board_of_three(), {}).worst, State::unknown);
}

TEST(Excerpt, SharesWhatTouchesNothingElse) {
  const Snapshot whole = board_of_three();
  const Snapshot part = excerpt(whole, {"EU"});
  ASSERT_EQ(part.incidents.size(), 2U);
  EXPECT_EQ(part.incidents.begin().pointer(), (++whole.incidents.begin()).pointer());
}

TEST(Excerpt, TellsWhatIsSharedAsIfItWereItsOwn) {
  const Snapshot part = excerpt(board_of_three(), {"EU"});
  const Incident& told = *++part.incidents.begin();
  EXPECT_EQ(told.id, both().id);
  EXPECT_EQ(told.name, "Europe: another service took Europe with it.");
  EXPECT_THAT(told.services, ElementsAre(std::pair<const std::string, State>("EU", State::up)));
  EXPECT_EQ(told.worst, State::issue);
  ASSERT_EQ(told.updates.size(), 3U);
  EXPECT_EQ(told.updates[1].text, "both are looked at, another service first");
  ASSERT_TRUE(told.resolved);
  EXPECT_EQ(*told.resolved, now() - std::chrono::minutes(30));
  EXPECT_THAT(told.updates[0].affected, testing::SizeIs(1));
}

TEST(Excerpt, LeavesOutWordsForOthersThatMovedNothing) {
  Snapshot whole = board_of_three();
  Incident said = both();
  Update again = update("u8", 45, "still down, and it is the disks", {});
  again.about = {"US"};
  Update shared = update("u9", 44, "we look at both", {});
  shared.about = {"EU", "US"};
  said.updates.insert(said.updates.begin() + 2, {again, shared});
  said.postmortem = update("p", 1, "it was the disks of US", {});
  said.postmortem->about = {"US"};
  whole.incidents = {said};
  const Incident told = *excerpt(whole, {"EU"}).incidents.begin();
  ASSERT_EQ(told.updates.size(), 4U);
  EXPECT_EQ(told.updates[1].id, "u9");
  EXPECT_THAT(told.updates[1].about, ElementsAre("EU"));
  EXPECT_FALSE(told.postmortem);
}

TEST(Excerpt, SaysNothingOfWhatCameAfterItsOwnWereUp) {
  Snapshot whole = board_of_three();
  Incident later = both();
  later.updates.push_back(update("u6", 10, "still working on it", {}));
  later.updates.push_back(update("u7", 5, "all well", {{"US", State::down, State::up}}));
  later.services["US"] = State::up;
  later.resolved = now() - std::chrono::minutes(5);
  whole.incidents = {later};
  const Incident told = *excerpt(whole, {"EU"}).incidents.begin();
  EXPECT_EQ(told.updates.size(), 3U);
  EXPECT_EQ(*told.resolved, now() - std::chrono::minutes(30));
  const Incident theirs = *excerpt(whole, {"US"}).incidents.begin();
  EXPECT_EQ(*theirs.resolved, now() - std::chrono::minutes(5));
}

TEST(Excerpt, EndsWithTheWordThatEndedItHere) {
  Snapshot whole = board_of_three();
  Incident mixed = alone("sharedsharedx", "EU");
  mixed.services["US"] = State::down;
  mixed.updates[0].affected.push_back({"US", State::up, State::down});
  mixed.updates.push_back(update("over", 5, "mixed over", {{"EU", State::down, State::up}}));
  mixed.services["EU"] = State::up;
  whole.incidents = {mixed};
  const Incident told = *excerpt(whole, {"EU"}).incidents.begin();
  ASSERT_TRUE(told.resolved);
  EXPECT_EQ(told.updates.back().phase, Phase::resolved);
  const Incident theirs = *excerpt(whole, {"US"}).incidents.begin();
  EXPECT_NE(theirs.updates.back().phase, Phase::resolved);
}

/// EU and US are down; of US is said that it is watched now.
Incident watched_elsewhere() {
  Incident incident = alone("sharedsharedx", "EU");
  incident.services["US"] = State::down;
  incident.updates[0].affected.push_back({"US", State::up, State::down});
  Update known = update("k", 8, "known", {});
  known.phase = Phase::identified;
  Update watched = update("w", 5, "watched", {});
  watched.phase = Phase::monitoring;
  watched.about = {"US"};
  incident.updates.insert(incident.updates.end(), {known, watched});
  incident.phase = Phase::monitoring;
  incident.monitoring = watched.at;
  return incident;
}

TEST(Excerpt, StandsWhereItsOwnUpdatesPutIt) {
  Snapshot whole = board_of_three();
  Incident said = watched_elsewhere();
  whole.incidents = {said};
  const Incident told = *excerpt(whole, {"EU"}).incidents.begin();
  EXPECT_EQ(told.phase, Phase::identified);
  EXPECT_FALSE(told.monitoring);
  const Incident theirs = *excerpt(whole, {"US"}).incidents.begin();
  EXPECT_EQ(theirs.phase, Phase::monitoring);
  EXPECT_EQ(theirs.monitoring, said.monitoring);
}

TEST(Excerpt, StandsNowhereByAWordThatWasTakenBack) {
  Snapshot whole = board_of_three();
  Incident said = watched_elsewhere();
  said.updates[1].withdrawn = true;
  whole.incidents = {said};
  EXPECT_EQ(excerpt(whole, {"EU"}).incidents.begin()->phase, Phase::investigating);
}

TEST(Excerpt, IsNotWatchedAfterItIsOver) {
  Snapshot whole = board_of_three();
  Incident said = watched_elsewhere();
  said.services["EU"] = State::up;
  said.updates[1].affected = {{"EU", State::down, State::up}};
  whole.incidents = {said};
  const Incident told = *excerpt(whole, {"EU"}).incidents.begin();
  EXPECT_EQ(told.phase, Phase::resolved);
  EXPECT_FALSE(told.monitoring);
}

TEST(Excerpt, SaysInTheMachinesPlaceWhatItsOwnServicesAre) {
  Snapshot whole = board_of_three();
  Incident measured = both();
  for (Update& one : measured.updates) one.automatic = true;
  measured.updates[0].text = "Europe 97 %, America 12 % of 3 requests";
  whole.incidents = {measured};
  const Incident told = *excerpt(whole, {"EU"}).incidents.begin();
  EXPECT_EQ(told.updates[0].text, "Europe is ISSUE, as measured.");
}

TEST(Excerpt, SaysNothingOfWhatTheMachineToldInTheSameBreath) {
  Snapshot whole = board_of_three();
  Incident measured = alone("eueueueueueu", "EU");
  measured.updates[0].automatic = true;
  measured.updates[0].text = "EU 97 % of 9 requests in 5 min; US 12 % of 3 requests in 5 min";
  measured.updates[0].about = {"EU", "US"};
  whole.incidents = {measured};
  EXPECT_EQ(excerpt(whole, {"EU"}).incidents.begin()->updates[0].text,
            "Europe is DOWN, as measured.");
}

TEST(Excerpt, VeilsWhatIsSaidOfAService) {
  const Snapshot part = excerpt(board_of_three(), {"EU"});
  EXPECT_EQ(part.services[0].standing.stated->message, "up again, another service not");
}

TEST(Excerpt, NamesOtherServicesNowhere) {
  Snapshot whole = board_of_three();
  Incident told = alone("eueueueueueu", "EU");
  told.name = "EU: the Hidden engine broke it";
  told.updates[0].text = "the Hidden engine (HIDE) broke it";
  whole.incidents = {told};
  const Snapshot part = excerpt(whole, {"EU", "US"});
  const Incident& shown = *part.incidents.begin();
  EXPECT_EQ(shown.name, "EU: the another service broke it");
  EXPECT_EQ(shown.updates[0].text, "the another service (another service) broke it");
}

TEST(Excerpt, LeavesOutNoticesAndMaintenancesOfOthers) {
  Snapshot whole = board_of_three();
  Notice for_both;
  for_both.services = {"EU", "US"};
  for_both.text = "US and EU move";
  Notice for_us;
  for_us.services = {"US"};
  whole.notices = {for_both, for_us};
  Maintenance work;
  work.name = "Europe, America: new disks";
  work.services = {"EU"};  // America was released
  work.from = now();
  work.updates = {update("m1", 5, "new disks. All of them", {})};
  Maintenance theirs;
  theirs.services = {"US"};
  whole.maintenances = {work, theirs};
  const Snapshot part = excerpt(whole, {"EU"});
  ASSERT_EQ(part.notices.size(), 1U);
  EXPECT_THAT(part.notices[0].services, ElementsAre("EU"));
  EXPECT_EQ(part.notices[0].text, "another service and EU move");
  ASSERT_EQ(part.maintenances.size(), 1U);
  EXPECT_EQ(part.maintenances[0].name, "Europe: new disks.");
}

TEST(Excerpt, TellsOfTheArchiveOnlyWhatIsItsOwn) {
  const Snapshot whole = board_of_three();
  const Excerpt part(whole, {"EU"});
  EXPECT_FALSE(part.incident(alone("usususususus", "US")));
  EXPECT_FALSE(part.incident(alone("gonegonegone", "REMOVED")));
  EXPECT_TRUE(part.incident(alone("eueueueueueu", "EU")));
  EXPECT_THAT(part.incident(both())->name, Not(HasSubstr("America")));
}

TEST(Excerpt, CutsAnIncidentOnceUntilItChanges) {
  Snapshot whole = board_of_three();
  Cuttings cuttings;
  const auto shared = [&](const Snapshot& of) {
    return (++Excerpt(of, {"EU"}).snapshot(of.page, cuttings).incidents.begin()).pointer();
  };
  const IncidentPtr first = shared(whole);
  EXPECT_EQ(shared(whole), first);
  whole.services[1].name = "Amerika";
  const IncidentPtr renamed = shared(whole);
  EXPECT_NE(renamed, first) << "other names are hidden now";
  Incident changed = both();
  changed.updates[2].text = "said anew";
  whole.incidents = {alone("eueueueueueu", "EU"), changed};
  EXPECT_EQ(shared(whole)->updates[1].text, "said anew");
}

TEST(Excerpt, ChangesWhenItsOwnServicesDo) {
  Snapshot whole = board_of_three();
  whole.incidents = {};
  whole.services[1].since = now();
  EXPECT_EQ(excerpt(whole, {"EU"}).updated_at, now() - std::chrono::hours(1));
  EXPECT_EQ(excerpt(whole, {"US"}).updated_at, now());
}

TEST(Excerpt, ForgetsIncidentsItsServicesHaveLeft) {
  Snapshot whole = board_of_three();
  Incident moved = alone("movedmovedmo", "EU");
  moved.name = "Europe, America: alone";
  moved.updates[0].affected.push_back({"US", State::up, State::down});
  whole.incidents = {moved};
  EXPECT_EQ(excerpt(whole, {"EU"}).incidents.begin()->name, "Europe: alone");
}

}  // namespace
}  // namespace signalbox::board
