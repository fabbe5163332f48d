#include <gtest/gtest.h>

#include "standing/standing.h"

namespace signalbox::standing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr Time kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}};

Statement said(State state, std::optional<Time> until = {}, Duration ago = minutes(5)) {
  Statement s;
  s.state = state;
  s.at = kNow - ago;
  s.until = until;
  return s;
}

Measurement measured(State state, double good = 0, double total = 0) {
  Measurement m;
  m.state = state;
  m.at = kNow - minutes(1);
  m.good = good;
  m.total = total;
  m.fresh = state != State::unknown;
  m.reason = state == State::unknown ? "stale" : "share_good";
  return m;
}

/// Fresh, but it proves nothing.
Measurement too_few() {
  Measurement m = measured(State::unknown, 3, 3);
  m.fresh = true;
  m.reason = "too_few_requests";
  return m;
}

struct MergeCase {
  std::string name;
  std::optional<Statement> stated;
  std::optional<Measurement> measured;
  bool maintenance;
  State state;
  std::string reason;
  std::string note;
};

class Merging : public testing::TestWithParam<MergeCase> {};

TEST_P(Merging, FollowsTheRules) {
  const MergeCase& c = GetParam();
  Evidence e;
  e.stated = c.stated;
  e.measured = c.measured;
  e.maintenance = c.maintenance;
  const Standing s = merge(e, kNow);
  EXPECT_EQ(s.state, c.state);
  EXPECT_EQ(s.reason, c.reason);
  EXPECT_EQ(s.note, c.note);
}

std::vector<MergeCase> cases() {
  using enum State;
  const auto later = kNow + hours(1);
  return {
      {"nobody", {}, {}, false, up, "nobodys_word", "no trouble reported"},
      {"word_only", said(issue), {}, false, issue, "stated", ""},
      {"measured_only", {}, measured(down, 1, 2), false, down, "measured", ""},
      {"agreed", said(up), measured(up, 9, 9), false, up, "agreed", ""},
      {"stated_worse", said(down), measured(up, 100, 100), false, down, "stated_worse",
       "stated DOWN; measured 100 %"},
      {"measured_worse", said(issue), measured(down, 624, 1000), false, down, "measured_worse",
       "stated ISSUE; measured 62.4 %"},
      {"maintenance", {}, measured(down, 0, 9), true, maint, "maintenance", ""},
      {"maintenance_beats_up", said(up), {}, true, maint, "maintenance", ""},
      {"stated_beats_maintenance", said(issue), measured(up, 9, 9), true, issue,
       "stated_in_maintenance", "during maintenance"},
      {"up_until", said(up, later), measured(down, 62, 100), false, up, "stated_until",
       "UP by staff's word; measured 62 %"},
      {"up_until_agreed", said(up, later), measured(up, 9, 9), false, up, "stated_until", ""},
      {"up_until_unknown", said(up, later, hours(30)), measured(unknown), false, up, "stated_until",
       "UP by staff's word; measured UNKNOWN"},
      {"until_of_issue_sets_nothing_aside", said(issue, later), measured(down, 0, 9), false, down,
       "measured_worse", "stated ISSUE; measured 0 %"},
      {"until_is_over", said(up, kNow), measured(down, 0, 9), false, down, "measured", ""},
      {"stated_trouble_stands", said(down, {}, hours(99)), measured(unknown), false, down,
       "stated_unmeasured", "measured UNKNOWN"},
      {"up_covers_an_hour", said(up, {}, hours(1) - Duration(1)), measured(unknown), false, up,
       "stated_covers_gap", "measured UNKNOWN"},
      {"and_no_longer", said(up, {}, hours(1)), measured(unknown), false, unknown, "stale",
       "no fresh measurement"},
      {"too_few", {}, too_few(), false, unknown, "too_few_requests", "too few requests"},
      {"unknown_is_not_green",
       {},
       measured(unknown),
       false,
       unknown,
       "stale",
       "no fresh measurement"},
      {"maint_in_force", said(maint), {}, true, maint, "maintenance", ""},
      {"ended_maint_is_no_word", said(maint), {}, false, up, "nobodys_word", "no trouble reported"},
  };
}

INSTANTIATE_TEST_SUITE_P(Table, Merging, testing::ValuesIn(cases()),
                         [](const auto& test) { return test.param.name; });

TEST(MergeTime, OfAServiceNeverMeasuredIsTheStartOfTheProcess) {
  Evidence e;
  e.measured = Measurement{};
  e.began = kNow - hours(2);
  const Standing s = merge(e, kNow);
  EXPECT_EQ(s.state, State::unknown);
  EXPECT_EQ(s.measured->at, e.began);
}

Book book_with(Statement stated, std::optional<Maintenance> maintenance = {}) {
  Book book;
  book.entries["API"].stated = std::move(stated);
  if (maintenance) book.maintenances.push_back(*maintenance);
  return book;
}

Maintenance planned(Time from, std::optional<Time> until) {
  Maintenance m;
  m.services = {"API"};
  m.from = from;
  m.until = until;
  return m;
}

TEST(EvidenceOfABook, HoldsTheWordUntilItEnds) {
  const Book book = book_with(said(State::issue, kNow));
  EXPECT_TRUE(evidence(book, "API", {}, kNow - Duration(1), {}).stated);
  EXPECT_FALSE(evidence(book, "API", {}, kNow, {}).stated);
  EXPECT_FALSE(evidence(book, "JS", {}, kNow, {}).stated);
}

TEST(EvidenceOfABook, KnowsWhichMaintenanceIsInForce) {
  const auto in = [](std::optional<Maintenance> m, const std::string& service = "API") {
    return evidence(book_with(said(State::up), std::move(m)), service, {}, kNow, {}).maintenance;
  };
  EXPECT_FALSE(in({}));
  EXPECT_TRUE(in(planned(kNow, kNow + hours(1))));
  EXPECT_FALSE(in(planned(kNow, kNow + hours(1)), "JS")) << "it covers only its services";
  EXPECT_FALSE(in(planned(kNow + Duration(1), kNow + hours(1))));
  EXPECT_FALSE(in(planned(kNow - hours(1), kNow)));
  EXPECT_TRUE(in(planned(kNow - hours(2) + Duration(1), {}))) << "two hours without an end";
  EXPECT_FALSE(in(planned(kNow - hours(2), {})));
  Maintenance ended = planned(kNow - hours(1), kNow + hours(1));
  ended.ended = kNow;
  EXPECT_FALSE(in(ended));
}

TEST(EvidenceOfABook, IsTheWordOfWhoPlannedTheMaintenanceInForce) {
  Maintenance work = planned(kNow - hours(1), kNow + hours(1));
  work.post_account = "ops";
  work.updates.push_back({});
  work.updates.back().source = {"ops", "Slack", "Ada", "https://example.com/1"};
  const auto standing = [&work](State word) {
    return merge(evidence(book_with(said(word), work), "API", {}, kNow, {}), kNow);
  };
  ASSERT_TRUE(standing(State::maint).stated);
  EXPECT_EQ(standing(State::maint).stated->state, State::maint);
  EXPECT_EQ(standing(State::up).stated->at, work.from);
  EXPECT_EQ(standing(State::up).stated->source.author, "Ada");
  EXPECT_EQ(standing(State::down).stated->state, State::down) << "the worse word is told";
  work.ended = kNow;
  EXPECT_FALSE(standing(State::maint).stated);
}

}  // namespace
}  // namespace signalbox::standing
