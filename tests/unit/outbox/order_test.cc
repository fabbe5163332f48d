// Who goes first, who waits for whom, and who never waits.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

#include "tests/unit/outbox/bench.h"

namespace signalbox::outbox::testing {
namespace {

using End = Outcome::End;
using Code = Error::Code;
using ::testing::ElementsAre;

/// The announcements in the order they leave when every send succeeds.
std::vector<std::string> leave(Bench& bench, Time now) {
  std::vector<std::string> order;
  for (;;) {
    const auto claim = bench.outbox.claim(now);
    if (claim.jobs.empty()) return order;
    for (const Job& job : claim.jobs) {
      order.push_back(job.delivery.announcement);
      bench.settle(job, End::said, now);
    }
  }
}

TEST(Order, HighestPriorityFirstThenAsAdded) {
  Bench bench;
  bench.outbox.add(
      {delivery("digest", "fedi", Tidings::digest), delivery("hint", "fedi", Tidings::hint),
       delivery("worse", "fedi", Tidings::worse), delivery("better", "fedi", Tidings::better),
       delivery("word", "fedi", Tidings::staff_word)});
  EXPECT_THAT(leave(bench, at(0)), ElementsAre("worse", "better", "word", "hint", "digest"));
}

TEST(Order, IsKeptOverARestartAndARefusal) {
  Bench bench;
  bench.outbox.resume({delivery("1"), delivery("2"), delivery("3")}, at(0));
  bench.settle(bench.one_job(at(0)), End::later, at(0));
  EXPECT_TRUE(bench.idle(at(0)));
  EXPECT_THAT(leave(bench, at(9)), ElementsAre("1", "2", "3"));
}

TEST(Order, OneAtATimeOnAnAccountAndAccountsSideBySide) {
  Bench bench;
  bench.outbox.add({delivery("1"), delivery("2"), delivery("1", "bird"), delivery("2", "bird")});
  EXPECT_EQ(bench.outbox.claim(at(0)).jobs.size(), 2U);
  EXPECT_TRUE(bench.idle(at(0)));
}

TEST(Order, OneInDoubtHoldsUpNobody) {
  Bench bench;
  bench.outbox.add({delivery("1"), delivery("2")});
  bench.settle(bench.one_job(at(0)), End::in_doubt, at(0));
  EXPECT_EQ(bench.one_job(at(0)).delivery.announcement, "2");
  EXPECT_EQ(bench.one_job(at(5)).what, Job::What::look);  // beside the send in flight
}

TEST(Order, ANewFirstNoticeOutranksTenThousandPending) {
  Bench bench;
  std::vector<Delivery> backlog;
  for (int n = 0; n < 10000; ++n) backlog.push_back(delivery(std::to_string(n)));
  bench.outbox.add(backlog);
  const Job busy = bench.one_job(at(0));
  Delivery first = delivery("first");
  first.priority = priority(Tidings::worse, true);
  bench.outbox.add({first});
  bench.settle(busy, End::said, at(1));
  EXPECT_EQ(bench.one_job(at(1)).delivery.announcement, "first");
}

TEST(Order, AnOpeningTakesTheRecoveriesOfItsTargetsAlong) {
  Bench bench;
  Delivery up = delivery("up", "fedi", Tidings::better);
  up.text = "API,JS-UP: fixed";
  Delivery elsewhere = delivery("elsewhere", "fedi", Tidings::better);
  elsewhere.text = "DB-UP: fixed";
  bench.outbox.add({delivery("old"), elsewhere, up});
  Delivery opening = delivery("opening");
  opening.priority = priority(Tidings::worse, true);
  const auto rows = bench.outbox.add({opening});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].announcement, "up");
  EXPECT_EQ(rows[0].priority, opening.priority);
  EXPECT_THAT(leave(bench, at(0)), ElementsAre("up", "opening", "old", "elsewhere"));
}

TEST(Order, TenThousandClaimsCostLittleMoreThanTenTimesAThousand) {
  const auto drain = [](int count) {
    Bench bench;
    std::vector<Delivery> all;
    for (int n = 0; n < count; ++n) all.push_back(delivery(std::to_string(n)));
    bench.outbox.add(all);
    const std::clock_t begin = std::clock();
    EXPECT_EQ(leave(bench, at(0)).size(), static_cast<std::size_t>(count));
    return std::clock() - begin;
  };
  drain(1000);
  EXPECT_LT(drain(20000), drain(1000) * 100);  // quadratic would be 400 times
}

TEST(Hold, NothingIsAskedOfAnAccountThatWantsARest) {
  for (const Code code : {Code::rate_limited, Code::unavailable}) {
    Bench bench;
    Delivery doubtful = delivery("doubt");
    doubtful.state = DeliveryState::in_doubt;
    doubtful.due = at(1);
    bench.outbox.resume({delivery("1"), delivery("2"), doubtful}, at(0));
    Outcome outcome = ended(bench.one_job(at(0)), End::later, code);
    outcome.retry_after = minutes(15);
    EXPECT_EQ(bench.outbox.settle(outcome, at(0))->due, at(900));
    Delivery urgent = delivery("urgent");
    urgent.priority = 9;
    bench.outbox.add({urgent, delivery("other", "bird")});
    EXPECT_EQ(bench.one_job(at(899)).delivery.account, "bird");
    EXPECT_EQ(bench.outbox.next_due(), at(900));
    const auto claim = bench.outbox.claim(at(900));
    ASSERT_EQ(claim.jobs.size(), 2U);  // the most urgent send, and the look
    EXPECT_EQ(claim.jobs[0].delivery.announcement, "urgent");
  }
}

TEST(Hold, OutlivesARestart) {
  Bench bench;
  Delivery refused = delivery("1");
  refused.attempts = 1;
  refused.due = at(600);
  bench.outbox.resume({refused, delivery("2")}, at(0));
  EXPECT_TRUE(bench.idle(at(599)));
  EXPECT_EQ(bench.one_job(at(600)).delivery.announcement, "1");
}

TEST(Hold, ALookThatIsRateLimitedHoldsTheAccountToo) {
  Bench bench;
  bench.outbox.add({delivery("1")});
  bench.settle(bench.one_job(at(0)), End::in_doubt, at(0));
  Outcome outcome = ended(bench.one_job(at(5)), End::later, Code::rate_limited);
  outcome.retry_after = seconds(60);
  bench.outbox.settle(outcome, at(5));
  bench.outbox.add({delivery("2")});
  EXPECT_TRUE(bench.idle(at(64)));
  EXPECT_EQ(bench.outbox.claim(at(65)).jobs.size(), 2U);
}

TEST(Hold, GrowsWhileTheNetworkIsDownAndEndsWithTheFirstSuccess) {
  Bench bench;
  bench.outbox.add({delivery("1"), delivery("2")});
  Time now = at(0);
  Duration before(0);
  int tries = 0;
  for (; now < at(0) + hours(2); ++tries) {
    const Job job = bench.one_job(now);
    EXPECT_EQ(job.delivery.announcement, "1");
    bench.settle(job, End::later, now);
    const Duration wait = *bench.outbox.next_due() - now;
    EXPECT_GE(wait, before);
    EXPECT_LE(wait, minutes(5));
    before = wait;
    now += wait;
  }
  EXPECT_LT(tries, 70);
  EXPECT_THAT(leave(bench, now), ElementsAre("1", "2"));
}

TEST(Hold, ManyDoubtsInARowGiveTheAccountARest) {
  Bench bench;
  std::vector<Delivery> all;
  for (int n = 0; n < 10; ++n) all.push_back(delivery(std::to_string(n)));
  bench.outbox.add(all);
  for (int n = 0; n < 5; ++n) bench.settle(bench.one_job(at(0)), End::in_doubt, at(0));
  EXPECT_TRUE(bench.idle(at(0)));
  EXPECT_FALSE(bench.idle(at(1)));
}

TEST(Trouble, IsToldOnceUntilTheAccountIsWellAgain) {
  Bench bench;
  bench.outbox.add({delivery("1")});
  EXPECT_EQ(bench.outbox.trouble("fedi"), nullptr);
  Time now = at(0);
  for (int n = 0; n < 3; ++n, now += minutes(5)) {
    bench.settle(bench.one_job(now), End::later, now, Code::unauthorized);
    ASSERT_NE(bench.outbox.trouble("fedi"), nullptr);
    EXPECT_EQ(bench.outbox.take_troubles().size(), n == 0 ? 1U : 0U);
    EXPECT_TRUE(bench.idle(now + minutes(5) - seconds(1)));
  }
  EXPECT_EQ(*bench.outbox.trouble("fedi"), (Trouble{"fedi", "no luck", at(0)}));
  bench.settle(bench.one_job(now), End::said, now);
  EXPECT_EQ(bench.outbox.trouble("fedi"), nullptr);
  bench.outbox.add({delivery("2")});
  bench.settle(bench.one_job(now), End::later, now, Code::unauthorized);
  EXPECT_EQ(bench.outbox.take_troubles().size(), 1U);
}

TEST(Clock, SetBackDoesNotStopTheQueue) {
  Bench bench;
  bench.outbox.add({delivery("1")});
  bench.settle(bench.one_job(at(0)), End::later, at(0));
  const Time past = at(0) - hours(24 * 730);
  bench.outbox.claim(past);
  EXPECT_LE(*bench.outbox.next_due(), past + minutes(5));
  EXPECT_EQ(bench.one_job(past + minutes(5)).delivery.announcement, "1");
}

}  // namespace
}  // namespace signalbox::outbox::testing
