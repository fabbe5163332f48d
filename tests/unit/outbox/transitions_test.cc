// Every way from one state of a delivery to another.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/outbox/bench.h"

namespace signalbox::outbox::testing {
namespace {

using End = Outcome::End;
using S = DeliveryState;

TEST(Transitions, OfASend) {
  struct Case {
    End end;
    S state;
    Duration due;  ///< after the outcome
  };
  const std::vector<Case> cases = {
      {End::said, S::sent, seconds(0)},          {End::refused, S::failed, seconds(0)},
      {End::later, S::waiting, Duration(500)},   {End::in_doubt, S::in_doubt, seconds(5)},
      {End::not_found, S::in_doubt, seconds(5)},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(static_cast<int>(c.end));
    Bench bench;
    bench.outbox.add({delivery("a")});
    const Job job = bench.one_job(at(1));
    EXPECT_EQ(job.what, Job::What::send);
    EXPECT_EQ(job.delivery.state, S::sending);
    EXPECT_EQ(job.delivery.attempts, 1);
    EXPECT_EQ(job.delivery.sent_at, at(1));
    const auto row = bench.settle(job, c.end, at(3));
    ASSERT_TRUE(row);
    EXPECT_EQ(row->state, c.state);
    EXPECT_EQ(row->due, at(3) + c.due);
    EXPECT_EQ(bench.outbox.waiting(), row->settled() ? 0U : 1U);
    EXPECT_EQ(bench.settle(job, End::refused, at(4)).has_value(), false);
  }
}

TEST(Transitions, SentKeepsTheNetworksId) {
  Bench bench;
  bench.outbox.add({delivery("a")});
  Outcome outcome = ended(bench.one_job(at(0)), End::said);
  outcome.url = "https://example.org/1";
  const auto row = bench.outbox.settle(outcome, at(1));
  EXPECT_EQ(row->remote_id, "remote-a");
  EXPECT_EQ(row->remote_url, "https://example.org/1");
  EXPECT_EQ(row->error, "");
}

TEST(Transitions, TwoLooksThatFindNothingAllowAResendUnderTheSameKey) {
  Bench bench;
  bench.outbox.add({delivery("a")});
  bench.settle(bench.one_job(at(0)), End::in_doubt, at(2));
  EXPECT_TRUE(bench.idle(at(6)));
  const Job first = bench.one_job(at(7));
  EXPECT_EQ(first.what, Job::What::look);
  EXPECT_EQ(bench.settle(first, End::not_found, at(7))->looks, 1);
  EXPECT_TRUE(bench.idle(at(31)));
  const Job second = bench.one_job(at(32));
  EXPECT_EQ(second.what, Job::What::look);
  EXPECT_EQ(bench.settle(second, End::not_found, at(33))->state, S::waiting);
  const Job again = bench.one_job(at(33));
  EXPECT_EQ(again.what, Job::What::send);
  EXPECT_EQ(again.delivery.id, "a/fedi");
  EXPECT_EQ(again.delivery.attempts, 2);
  EXPECT_EQ(again.delivery.looks, 0);
}

TEST(Transitions, ALookThatFindsItSettlesIt) {
  Bench bench;
  bench.outbox.add({delivery("a")});
  bench.settle(bench.one_job(at(0)), End::in_doubt, at(0));
  const auto row = bench.settle(bench.one_job(at(5)), End::said, at(6));
  EXPECT_EQ(row->state, S::sent);
  EXPECT_EQ(row->remote_id, "remote-a");
  EXPECT_FALSE(bench.outbox.next_due());
}

TEST(Transitions, ALookThatFailsLeavesItInDoubtForAsLongAsItTakes) {
  Bench bench;
  bench.outbox.add({delivery("a")});
  Time now = at(0);
  bench.settle(bench.one_job(now), End::in_doubt, now);
  for (int n = 0; n < 200; ++n) {
    now = *bench.outbox.next_due();
    const Job job = bench.one_job(now);
    ASSERT_EQ(job.what, Job::What::look);
    const auto end = n % 3 == 0 ? End::in_doubt : n % 3 == 1 ? End::later : End::refused;
    ASSERT_EQ(bench.settle(job, end, now)->state, S::in_doubt);
    ASSERT_LE(*bench.outbox.next_due() - now, minutes(5));
  }
}

TEST(Transitions, FoundSendingAtStartIsInDoubt) {
  Bench bench;
  Delivery d = delivery("a");
  d.state = S::sending;
  d.attempts = 1;
  d.sent_at = at(-100);
  const auto rows = bench.outbox.resume({d}, at(0));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].state, S::in_doubt);
  EXPECT_TRUE(bench.idle(at(4)));
  EXPECT_EQ(bench.one_job(at(5)).what, Job::What::look);
}

TEST(Transitions, ARestartKeepsLooksAndDues) {
  Bench bench;
  Delivery d = delivery("a");
  d.state = S::in_doubt;
  d.looks = 1;
  d.due = at(20);
  EXPECT_TRUE(bench.outbox.resume({d}, at(0)).empty());
  EXPECT_EQ(bench.outbox.next_due(), at(20));
  EXPECT_EQ(bench.settle(bench.one_job(at(20)), End::not_found, at(20))->state, S::waiting);
}

TEST(Transitions, GivesUpAfterThreeDays) {
  const Time late = at(0) + hours(72);
  Bench waiting;
  waiting.outbox.add({delivery("a")});
  const auto claim = waiting.outbox.claim(late);
  EXPECT_TRUE(claim.jobs.empty());
  ASSERT_EQ(claim.rows.size(), 1U);
  EXPECT_EQ(claim.rows[0].state, S::failed);
  EXPECT_EQ(waiting.outbox.waiting(), 0U);

  Bench refused;
  refused.outbox.add({delivery("a")});
  const Job job = refused.one_job(late - seconds(1));
  EXPECT_EQ(refused.settle(job, End::later, late)->state, S::failed);

  Bench doubtful;
  doubtful.outbox.add({delivery("a")});
  doubtful.settle(doubtful.one_job(late - seconds(9)), End::in_doubt, late - seconds(8));
  const auto row = doubtful.settle(doubtful.one_job(late), End::later, late);
  EXPECT_EQ(row->state, S::failed);
  EXPECT_THAT(row->error, ::testing::HasSubstr("could not be found out"));
}

TEST(Transitions, UnclaimPutsEverythingBack) {
  Bench bench;
  Delivery doubtful = delivery("b", "bird");
  doubtful.state = S::in_doubt;
  bench.outbox.resume({delivery("a"), doubtful}, at(0));
  const auto before = bench.outbox.open();
  const auto claim = bench.outbox.claim(at(9));
  EXPECT_EQ(claim.jobs.size(), 2U);
  bench.outbox.unclaim(claim);
  EXPECT_EQ(bench.outbox.open(), before);
  EXPECT_EQ(bench.outbox.claim(at(9)).jobs.size(), 2U);
}

TEST(Transitions, UnclaimAlsoTakesBackAGivingUp) {
  Bench bench;
  bench.outbox.add({delivery("a")});
  bench.outbox.unclaim(bench.outbox.claim(at(0) + hours(100)));
  EXPECT_EQ(bench.outbox.waiting(), 1U);
  EXPECT_EQ(bench.outbox.claim(at(0) + hours(100)).rows.size(), 1U);
}

TEST(Transitions, KnownAndSettledAdditionsChangeNothing) {
  Bench bench;
  Delivery done = delivery("b");
  done.state = S::sent;
  bench.outbox.add({delivery("a"), delivery("a"), done});
  const Job job = bench.one_job(at(0));
  bench.outbox.add({delivery("a")});
  EXPECT_TRUE(bench.idle(at(1)));
  bench.settle(job, End::said, at(1));
  EXPECT_TRUE(bench.idle(at(1)));
}

}  // namespace
}  // namespace signalbox::outbox::testing
