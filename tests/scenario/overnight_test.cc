// A bad night as a story: the first stop of the ten-minute tour.
#include <gtest/gtest.h>

#include "tests/support/theatre/theatre.h"

namespace signalbox::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class Overnight : public ::testing::Test {
 protected:
  // Two accounts that followers read, and a room that staff reads.
  Theatre night_{{"API", "JS"},
                 {"API"},
                 {{"fedi", "mastodon", true, false},
                  {"bird", "twitter", true, false},
                  {"ops", "slack", false, true}}};

  void everywhere(const std::string& text, std::size_t times) {
    for (const char* account : {"fedi", "bird", "ops"}) {
      EXPECT_EQ(night_.said_with(account, text), times) << account << ": " << text;
    }
  }
};

TEST_F(Overnight, TheMachineSpeaksOnceStaffTakesOverAndCloses) {
  // A quiet night: requests succeed, nobody says anything.
  night_.measure("API", 99.9);
  night_.poll_all();
  night_.pass(hours(1));
  EXPECT_EQ(night_.state("API"), State::up);
  for (const char* account : {"fedi", "bird", "ops"})
    EXPECT_TRUE(night_.said(account).empty()) << account;

  // Four in the morning: one request in twenty fails. The machine says so, once, on every account.
  night_.measure("API", 95.0);
  night_.pass(minutes(10));
  EXPECT_EQ(night_.state("API"), State::issue);
  everywhere("API-ISSUE: ", 1);
  ASSERT_EQ(night_.board()->incidents.size(), 1u);
  EXPECT_TRUE(night_.board()->incidents.begin()->automatic);

  // It gets worse: one word more.
  night_.measure("API", 50.0);
  night_.pass(minutes(10));
  EXPECT_EQ(night_.state("API"), State::down);
  everywhere("API-DOWN: ", 1);
  everywhere("API-ISSUE: ", 1);

  // Staff wakes up and posts from the phone, on Mastodon. The other account that followers read
  // hears it once.
  night_.stage("fedi").someone_posts(
      "API-IDENTIFIED: the database's disk is full, we are making room");
  night_.pass(seconds(15));
  EXPECT_EQ(night_.said_with("bird", "API-IDENTIFIED: the database's disk is full"), 1u);
  EXPECT_EQ(night_.said_with("fedi", "API-IDENTIFIED"), 0u) << "it was said there by hand";
  const Incident& incident = *night_.board()->incidents.begin();
  EXPECT_TRUE(incident.touched);
  EXPECT_EQ(incident.phase, Phase::identified);

  // Requests succeed again. The incident is staff's now: it stays open, and only staff is reminded.
  night_.measure("API", 99.95);
  night_.pass(minutes(25));
  EXPECT_EQ(night_.board()->incidents.begin()->open(), true);
  EXPECT_GE(night_.said_with("ops", "API-UP"), 1u) << "the reminder shows how to close";
  EXPECT_EQ(night_.said_with("bird", "to close"), 0u);

  // Staff closes it. Followers on the other account hear that too, and the page is green.
  night_.stage("fedi").someone_posts("API-UP: the database has room again");
  night_.pass(seconds(15));
  EXPECT_EQ(night_.said_with("bird", "API-UP: the database has room again"), 1u);
  EXPECT_EQ(night_.state("API"), State::up);
  EXPECT_FALSE(night_.board()->incidents.begin()->open());

  // And nothing more is said all morning.
  const auto bird = night_.said("bird").size();
  night_.pass(hours(2));
  EXPECT_EQ(night_.said("bird").size(), bird);
}

TEST_F(Overnight, AnIncidentNobodyTouchedClosesItself) {
  night_.measure("API", 99.9);
  night_.pass(minutes(10));
  night_.measure("API", 80.0);
  night_.pass(minutes(10));
  everywhere("API-DOWN: ", 1);
  night_.measure("API", 100.0);
  night_.pass(minutes(15));
  everywhere("API-UP: ", 1);
  EXPECT_EQ(night_.state("API"), State::up);
  ASSERT_EQ(night_.board()->incidents.size(), 1u);
  EXPECT_FALSE(night_.board()->incidents.begin()->open());
}

}  // namespace
}  // namespace signalbox::testing
