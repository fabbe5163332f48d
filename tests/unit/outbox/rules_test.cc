#include "outbox/rules.h"

#include <gtest/gtest.h>

#include "tests/unit/outbox/bench.h"

namespace signalbox::outbox::testing {
namespace {

using Code = Error::Code;
using End = Outcome::End;

TEST(Rules, AnErrorMeansWhatTheFarSideMayHaveDone) {
  struct Case {
    Job::What what;
    Code code;
    bool never_sent;
    End end;
  };
  const std::vector<Case> cases = {
      {Job::What::send, Code::invalid, false, End::refused},
      {Job::What::send, Code::unauthorized, false, End::later},
      {Job::What::send, Code::rate_limited, false, End::later},
      {Job::What::send, Code::unavailable, false, End::in_doubt},
      {Job::What::send, Code::unavailable, true, End::later},
      {Job::What::send, Code::corrupt, false, End::in_doubt},
      {Job::What::send, Code::internal, false, End::in_doubt},
      {Job::What::look, Code::invalid, false, End::later},
      {Job::What::look, Code::unauthorized, false, End::later},
      {Job::What::look, Code::rate_limited, false, End::later},
      {Job::What::look, Code::unavailable, false, End::later},
      {Job::What::look, Code::unavailable, true, End::later},
      {Job::What::look, Code::corrupt, false, End::later},
      {Job::What::look, Code::internal, false, End::later},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(std::string(word(c.code)) + (c.what == Job::What::look ? " of a look" : ""));
    const Error error{c.code, "no", seconds(7)};
    const Outcome outcome = failed({c.what, delivery("a")}, error, c.never_sent);
    EXPECT_EQ(outcome.end, c.end);
    EXPECT_EQ(outcome.delivery, "a/fedi");
    EXPECT_EQ(outcome.error, "no");
    EXPECT_EQ(outcome.code, c.code);
    EXPECT_EQ(outcome.retry_after, seconds(7));
  }
}

TEST(Rules, NewsOutranksAnswersAndAnswersOutrankTheRest) {
  const int news = priority(Tidings::worse);
  EXPECT_GT(priority(Tidings::worse, true), news);
  for (const auto t : {Tidings::staff_word, Tidings::better, Tidings::flapping, Tidings::correction,
                       Tidings::withdrawal}) {
    EXPECT_EQ(priority(t), news) << word(t);
  }
  for (const auto t : {Tidings::held, Tidings::hint, Tidings::answer, Tidings::trouble}) {
    EXPECT_LT(priority(t), news) << word(t);
    for (const auto rest : {Tidings::lost_sight, Tidings::reminder, Tidings::digest}) {
      EXPECT_LT(priority(rest), priority(t)) << word(rest);
    }
  }
  EXPECT_LT(priority(Tidings::worse, true, true), priority(Tidings::digest));
}

TEST(Rules, ARecoveryOfWhatOpensIsKnownByItsHead) {
  EXPECT_TRUE(recovers_what_opens("API-UP: fine", "API-DOWN: again"));
  EXPECT_TRUE(recovers_what_opens("JS, API-RESOLVED: fine", "API + DB-ISSUE: again"));
  EXPECT_TRUE(recovers_what_opens("ALL-UP: fine", "API-DOWN: again"));
  EXPECT_TRUE(recovers_what_opens("my-api-UP: fine", "my-api-DOWN: again"));
  EXPECT_FALSE(recovers_what_opens("API-DOWN: bad", "API-DOWN: again"));
  EXPECT_FALSE(recovers_what_opens("API-UP: fine", "JS-DOWN: again"));
  EXPECT_FALSE(recovers_what_opens("API-UP", "API-DOWN: again"));
  EXPECT_FALSE(recovers_what_opens("API: a notice", "API-DOWN: again"));
  EXPECT_FALSE(recovers_what_opens("", ""));
}

TEST(Backoff, GrowsToTheLongestAndKeepsItsLowerHalf) {
  const Habits habits;
  Duration before(0);
  for (int n = 1; n < 40; ++n) {
    const Duration least = backoff(habits, n, std::nullopt, 0);
    EXPECT_GE(least, before);
    EXPECT_LE(least, habits.longest_retry);
    for (std::uint64_t random : {1ULL, 77ULL, 123456789ULL, ~0ULL}) {
      const Duration wait = backoff(habits, n, std::nullopt, random);
      EXPECT_GE(wait, least);
      EXPECT_LE(wait, habits.longest_retry);
    }
    before = least;
  }
  EXPECT_EQ(before, habits.longest_retry / 2);
}

TEST(Backoff, WaitsAsLongAsItIsTold) {
  EXPECT_EQ(backoff({}, 1, minutes(42), 5), minutes(42));
  EXPECT_GE(backoff({}, 20, seconds(1), 5), minutes(2));
}

TEST(Backoff, JitterIsSpread) {
  std::set<Duration> waits;
  for (std::uint64_t random = 0; random < 1000; ++random) {
    waits.insert(backoff({}, 8, std::nullopt, random * 7919));
  }
  EXPECT_GT(waits.size(), 500U);
}

TEST(Looks, ComeFiveAndThirtySecondsAfterTheAttempt) {
  EXPECT_EQ(until_look({}, 0), seconds(5));
  EXPECT_EQ(until_look({}, 1), seconds(25));
  EXPECT_EQ(until_look({}, 2), seconds(0));
}

}  // namespace
}  // namespace signalbox::outbox::testing
