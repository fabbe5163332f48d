#include "connectors/tries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/connectors/checking.h"
#include "tests/unit/connectors/scripted_http.h"

namespace signalbox::connectors {
namespace {

using signalbox::testing::Asked;
using signalbox::testing::Checker;
using signalbox::testing::ScriptedHttp;
using signalbox::testing::word;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Tries written `+` UP, `~` ISSUE, `-` DOWN, `?` pending, `o` trouble of our own.
std::vector<Found> tries_of(std::string_view letters) {
  std::vector<Found> all;
  for (const char c : letters) {
    Found found;
    found.ours = c == 'o';
    found.grade.state = c == '+' ? State::up : c == '~' ? State::issue : State::down;
    if (c == '?') found.grade.state = State::unknown;
    found.grade.why = std::to_string(all.size() + 1) + c;
    all.push_back(found);
  }
  return all;
}

/// `-` and the newest why: what these tries settle; "more" while they do not.
std::string settle(std::string_view letters, const TryRules& rules) {
  const auto found = settled(tries_of(letters), rules);
  if (!found) return "more";
  if (found->ours) return "ours " + found->grade.why;
  return std::string(signalbox::word(found->grade.state)) + " " + found->grade.why;
}

TEST(Tries, AreTakenAtTheirWordWhenThereIsOne) {
  const TryRules once;
  EXPECT_EQ(settle("", once), "more");
  EXPECT_EQ(settle("+", once), "UP 1+");
  EXPECT_EQ(settle("~", once), "ISSUE 1~");
  EXPECT_EQ(settle("-", once), "DOWN 1-");
  EXPECT_EQ(settle("?", once), "UNKNOWN 1?");
  EXPECT_EQ(settle("o", once), "ours 1o");
}

TEST(Tries, ConfirmAFailureByKOfN) {
  const TryRules two_of_three{.of = 3, .confirm = 2};
  const std::vector<std::pair<std::string_view, std::string_view>> table{
      {"+", "UP 1+"},     {"-", "more"},       {"--", "DOWN 2-"},   {"-+", "more"},
      {"-++", "UP 3+"},   {"-+-", "DOWN 3-"},  {"~-", "ISSUE 2-"},  {"~~", "ISSUE 2~"},
      {"-~", "ISSUE 2~"}, {"-+~", "ISSUE 3~"}, {"?", "UNKNOWN 1?"}, {"-?", "UNKNOWN 2?"},
      {"o", "more"},      {"oo", "ours 2o"},   {"o-", "more"},      {"o--", "DOWN 3-"},
      {"o+", "UP 2+"},    {"-o", "more"},      {"-oo", "ours 3o"},  {"-o-", "DOWN 3-"},
      {"-o+", "UP 3+"},   {"o-+", "UP 3+"},    {"-+o", "UP 2+"},
  };
  for (const auto& [letters, outcome] : table) {
    EXPECT_EQ(settle(letters, two_of_three), outcome) << letters;
  }
}

TEST(Tries, AllMustFailUnlessSaid) {
  const TryRules all{.of = 3, .confirm = 3};
  EXPECT_EQ(settle("--", all), "more");
  EXPECT_EQ(settle("---", all), "DOWN 3-");
  EXPECT_EQ(settle("-+", all), "UP 2+");
}

class TriesOfACheck : public ::testing::Test, protected Checker {
 protected:
  /// Polls once; the far side answers these statuses, one a request.
  Measured poll_with(std::vector<int> statuses, Asked settings) {
    ScriptedHttp far([&](const net::Request&) -> Result<net::Response> {
      const int status = statuses.at(0);
      statuses.erase(statuses.begin());
      return net::Response{status, {}, ""};
    });
    settings["url"] = word("http://js.test/");
    auto measured = poll("http", std::move(settings), far).value();
    asked = far.requests.size();
    return measured;
  }
  std::size_t asked = 0;
  const Asked two_of_three{
      {"tries.of", word("3")}, {"tries.confirm", word("2")}, {"tries.apart", word("4s")}};
};

TEST_F(TriesOfACheck, WaitBetweenThem) {
  const auto measured = poll_with({503, 200, 500}, two_of_three);
  EXPECT_EQ(measured.readings.at(0).grade, State::down);
  EXPECT_EQ(measured.readings.at(0).why, "status 500");
  EXPECT_EQ(asked, 3U);
  EXPECT_EQ(pause.waited(), std::chrono::seconds(8));
  EXPECT_EQ(measured.readings.at(0).instant, clock.now()) << "when it was settled";
}

TEST_F(TriesOfACheck, EndAsSoonAsTheOutcomeIsSettled) {
  EXPECT_EQ(poll_with({200}, two_of_three).readings.at(0).grade, State::up);
  EXPECT_EQ(asked, 1U);
  EXPECT_EQ(poll_with({503, 503}, two_of_three).readings.at(0).good, 0);
  EXPECT_EQ(asked, 2U);
  EXPECT_EQ(poll_with({503, 200, 200}, two_of_three).readings.at(0).good, 1);
  EXPECT_EQ(poll_with({503}, {}).readings.at(0).good, 0) << "one, unless said";
}

TEST_F(TriesOfACheck, AreRefusedWhenTheyMakeNoSense) {
  const auto refused = [this](Asked settings) {
    settings["url"] = word("http://js.test/");
    return mistakes("http", std::move(settings));
  };
  EXPECT_THAT(refused(two_of_three), IsEmpty());
  EXPECT_THAT(refused({{"tries.of", word("0")}}), ElementsAre(HasSubstr("from 1 to 10")));
  EXPECT_THAT(refused({{"tries.of", word("two")}}), ElementsAre(HasSubstr("from 1 to 10")));
  EXPECT_THAT(refused({{"tries.confirm", word("2")}}),
              ElementsAre(HasSubstr("tries.confirm must not be above tries.of")));
  EXPECT_THAT(refused({{"tries.of", word("2")}, {"tries.apart", word("2m")}}),
              Contains(HasSubstr("tries.apart must be from 0s to 1m")));
  EXPECT_THAT(refused({{"tries.of", word("10")}, {"timeout", word("30s")}}),
              ElementsAre(HasSubstr("would let one poll take 345s")));
}

}  // namespace
}  // namespace signalbox::connectors
