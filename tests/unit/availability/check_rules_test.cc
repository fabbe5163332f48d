#include <gtest/gtest.h>

#include <algorithm>

#include "availability/hysteresis.h"
#include "feed.h"

namespace signalbox::availability {
namespace {

State state_of(char c) {
  if (c == '+') return State::up;
  if (c == '~') return State::issue;
  return c == '-' ? State::down : State::unknown;
}

/// A try written `+` (UP), `~` (ISSUE), `-` (DOWN) or `o` (pending).
Reading graded(Time instant, char c) {
  Reading r = attempt(instant, c == '+');
  r.grade = state_of(c);
  if (c == 'o') r.total = 0;
  if (c == '~') r.why = "slow";
  if (c == '-') r.why = "status 503";
  return r;
}

/// What a check says after these tries, a minute apart.
Measurement after(std::string_view tries, const CheckRules& rules = {}) {
  CheckMemory memory;
  Time now = kStart;
  for (const char c : tries) weigh(memory, graded(now += minutes(1), c), rules, minutes(3));
  return said(memory, rules);
}

struct Row {
  std::string_view tries;
  State state;
  std::string_view reason;
};

TEST(CheckGrades, MakeIssueWhenAsManyWereNotUpAndTooFewDown) {
  using enum State;
  const std::vector<Row> table{
      {"~", unknown, "too_few_tries"}, {"~~", issue, "check_issue"},
      {"~-", issue, "check_issue"},    {"-~", issue, "check_issue"},
      {"~--", down, "check_failed"},   {"--~", down, "check_failed"},
      {"--~~", issue, "check_issue"},  {"++~", up, "check_good"},
      {"++~~", issue, "check_issue"},  {"~~+", issue, "check_issue"},
      {"~~++", up, "check_good"},      {"-+~", issue, "check_issue"},
      {"-~-", down, "check_failed"},   {"--+~", issue, "check_issue"},
  };
  for (const Row& row : table) {
    EXPECT_EQ(after(row.tries).state, row.state) << row.tries;
    EXPECT_EQ(after(row.tries).reason, row.reason) << row.tries;
  }
}

TEST(CheckGrades, TakePendingForNoEvidence) {
  using enum State;
  const std::vector<Row> table{
      {"o", unknown, "check_pending"},   {"oooooo", unknown, "check_pending"},
      {"+o", unknown, "check_pending"},  {"+o+", up, "check_good"},
      {"++oooo", up, "check_good"},      {"--ooo", down, "check_failed"},
      {"-o-", down, "check_failed"},     {"++-oooo", up, "check_good"},
      {"++-ooo-", down, "check_failed"}, {"--o+o+", up, "check_good"},
      {"o+", unknown, "too_few_tries"},
  };
  for (const Row& row : table) {
    EXPECT_EQ(after(row.tries).state, row.state) << row.tries;
    EXPECT_EQ(after(row.tries).reason, row.reason) << row.tries;
  }
}

TEST(CheckGrades, KeepTheVerdictFreshWhilePending) {
  Judge judge(Thresholds{}, minutes(1));
  judge.expect_checks({{"API/http/1", CheckRules{.every = minutes(1)}}});
  Time now = kStart;
  for (const char c : {'-', '-', 'o', 'o', 'o', 'o', 'o'}) {
    judge.add(graded(now += minutes(1), c));
    judge.evaluate(now);
  }
  EXPECT_EQ(judge.evaluate(now + minutes(2)).state, State::down);
  EXPECT_EQ(judge.evaluate(now + minutes(3)).state, State::unknown);
  EXPECT_EQ(judge.evaluate(now + minutes(3)).reason, "stale");
}

TEST(CheckGrades, NeverMakeAVerdictOfPendingAfterAPause) {
  Judge judge(Thresholds{}, minutes(1));
  judge.add(graded(kStart, '+'));
  judge.add(graded(kStart + minutes(1), '+'));
  judge.add(graded(kStart + minutes(10), 'o'));
  const Measurement m = judge.evaluate(kStart + minutes(10));
  EXPECT_EQ(m.state, State::unknown);
  EXPECT_EQ(m.reason, "check_pending");
}

TEST(CheckGrades, SayWhatWasWrongAtTheNewestTryThatWasNotUp) {
  EXPECT_EQ(after("--").why, "status 503");
  EXPECT_EQ(after("-~").why, "slow");
  EXPECT_EQ(after("--+").why, "status 503");
  EXPECT_EQ(after("--++").why, "");
  EXPECT_EQ(after("++-").why, "") << "UP, though one try failed";
}

TEST(CheckRulesTest, AreTheOperatorsToChoose) {
  using enum State;
  const CheckRules at_once{.down_after = 1, .of = 1, .up_after = 1};
  EXPECT_EQ(after("-", at_once).state, down);
  EXPECT_EQ(after("-+", at_once).state, up);
  EXPECT_EQ(after("~", at_once).state, issue);
  const CheckRules slow{.down_after = 3, .of = 5, .up_after = 4};
  EXPECT_EQ(after("-+-+", slow).state, unknown);
  EXPECT_EQ(after("-+-+-", slow).state, down);
  EXPECT_EQ(after("---+++", slow).state, down);
  EXPECT_EQ(after("---++++", slow).state, up);
  EXPECT_EQ(after("-----++", slow).total, 5);
  EXPECT_EQ(after("-----++", slow).good, 2);
}

TEST(CheckRulesTest, BelongToEachCheckAlone) {
  Judge judge(Thresholds{}, minutes(1));
  judge.expect_checks({{"API/http/1", CheckRules{.down_after = 1, .of = 1}},
                       {"API/tcp/1", CheckRules{.down_after = 3, .of = 3}}});
  judge.add(attempt(kStart, false, "API/tcp/1"));
  judge.add(attempt(kStart + seconds(1), false, "API/tcp/1"));
  EXPECT_EQ(judge.evaluate(kStart + seconds(1)).state, State::unknown);
  judge.add(attempt(kStart + seconds(2), false, "API/http/1"));
  EXPECT_EQ(judge.evaluate(kStart + seconds(2)).state, State::down);
}

/// All sequences up to six tries: the verdict is told again by a plain reading of the rule.
TEST(CheckRulesTest, HoldForAllShortSequences) {
  const std::string letters = "+~-o";
  for (int code = 0; code < 4096; ++code) {
    std::string tries;
    for (int left = code; tries.size() < 6; left /= 4)
      tries += letters[static_cast<std::size_t>(left % 4)];
    std::string known;
    std::optional<State> verdict;
    for (const char c : tries) {
      if (c == 'o') continue;
      known += c;
      const std::string last = known.size() > 3 ? known.substr(known.size() - 3) : known;
      const auto n = [&](char which) { return std::ranges::count(last, which); };
      if (known.ends_with("++")) {
        verdict = State::up;
      } else if (n('-') >= 2) {
        verdict = State::down;
      } else if (n('-') + n('~') >= 2) {
        verdict = State::issue;
      }
    }
    EXPECT_EQ(after(tries).state, verdict.value_or(State::unknown)) << tries;
  }
}

}  // namespace
}  // namespace signalbox::availability
