// Whose words a post read back are: ours or a person's.
#include <gtest/gtest.h>

#include "tests/unit/outbox/bench.h"

namespace signalbox::outbox::testing {
namespace {

using End = Outcome::End;
using S = DeliveryState;

TEST(Recognise, ByTextWhileSending) {
  Bench bench;
  bench.outbox.add({delivery("a")});
  EXPECT_FALSE(bench.outbox.recognise(post("1", "API-DOWN: a"), at(0)).ours);  // still waiting
  const Job job = bench.one_job(at(0));
  EXPECT_FALSE(bench.outbox.recognise(post("1", "API-DOWN: a", "bird"), at(1)).ours);
  EXPECT_FALSE(bench.outbox.recognise(post("1", "API-DOWN: b"), at(1)).ours);
  const auto seen = bench.outbox.recognise(post("1", "API-DOWN: a  "), at(1));
  EXPECT_TRUE(seen.ours);
  ASSERT_TRUE(seen.row);
  EXPECT_EQ(seen.row->state, S::sent);
  EXPECT_EQ(seen.row->remote_id, "1");
  EXPECT_FALSE(bench.settle(job, End::said, at(2)));
  bench.outbox.add({delivery("b")});
  EXPECT_EQ(bench.one_job(at(2)).delivery.announcement, "b");  // the lane is free again
}

TEST(Recognise, ByTextWhileInDoubtAndUntilItIsSentAgain) {
  for (int looks = 0; looks <= 2; ++looks) {
    Bench bench;
    bench.outbox.add({delivery("a")});
    bench.settle(bench.one_job(at(0)), End::in_doubt, at(0));
    for (int n = 0; n < looks; ++n) {
      const Time due = *bench.outbox.next_due();
      bench.settle(bench.one_job(due), End::not_found, due);
    }
    const auto seen = bench.outbox.recognise(post("1", "API-DOWN: a"), at(40));
    EXPECT_TRUE(seen.row) << looks;
    EXPECT_EQ(bench.outbox.waiting(), 0U);
    EXPECT_TRUE(bench.idle(at(50)));
  }
}

TEST(Recognise, AHandTypedCopyOfASettledOneIsAPersons) {
  Bench bench;
  bench.outbox.add({delivery("a")});
  bench.settle(bench.one_job(at(0)), End::said, at(0));
  EXPECT_TRUE(bench.outbox.recognise(post("remote-a", "API-DOWN: a"), at(1)).ours);
  EXPECT_FALSE(bench.outbox.recognise(post("2", "API-DOWN: a"), at(1)).ours);
}

TEST(Recognise, ByIdKnownToTheStoreOrSettledBeforeTheCommit) {
  Bench bench;
  bench.outbox.on_sent_as([](std::string_view account, std::string_view id) {
    return account == "fedi" && id == "old";
  });
  EXPECT_TRUE(bench.outbox.recognise(post("old", "whatever it says now"), at(0)).ours);
  EXPECT_FALSE(bench.outbox.recognise(post("old", "x", "bird"), at(0)).ours);
  bench.outbox.add({delivery("a")});
  bench.settle(bench.one_job(at(0)), End::said, at(0));
  const auto seen = bench.outbox.recognise(post("remote-a", "x"), at(0));
  EXPECT_TRUE(seen.ours);
  EXPECT_FALSE(seen.row);
}

TEST(Recognise, TwoAlikeInDoubtTakeOnePostEach) {
  Bench bench;
  Delivery first = delivery("a");
  Delivery second = delivery("b");
  second.text = first.text;
  bench.outbox.add({first, second});
  bench.settle(bench.one_job(at(0)), End::in_doubt, at(0));
  bench.settle(bench.one_job(at(0)), End::in_doubt, at(0));
  EXPECT_EQ(bench.outbox.recognise(post("1", first.text), at(1)).row->announcement, "a");
  EXPECT_EQ(bench.outbox.recognise(post("2", first.text), at(1)).row->announcement, "b");
  EXPECT_FALSE(bench.outbox.recognise(post("3", first.text), at(1)).ours);
}

TEST(Recognise, ADeletedPostHasNoText) {
  Bench bench;
  Delivery blank = delivery("a");
  blank.text = "";
  bench.outbox.add({blank});
  bench.one_job(at(0));
  Post gone = post("1", "");
  gone.deleted = true;
  EXPECT_FALSE(bench.outbox.recognise(gone, at(1)).ours);
}

TEST(Cancel, AnAnnouncementThatIsNotOutYet) {
  Bench bench;
  bench.outbox.add(
      {delivery("a"), delivery("a", "bird"), delivery("b", "bird"), delivery("a", "ops")});
  bench.settle(bench.outbox.claim(at(0)).jobs.at(1), End::in_doubt,
               at(0));  // fedi is 2nd: bird, fedi, ops
  const auto cancelled = bench.outbox.cancel_announcement("a", at(1));
  EXPECT_EQ(cancelled.rows.size(), 3U);
  EXPECT_EQ(cancelled.perhaps_out.size(), 3U);
  EXPECT_TRUE(cancelled.rows[0].revoked);
  EXPECT_EQ(bench.outbox.waiting(), 4U);
}

TEST(Cancel, WhatWaitsIsCancelledAndWhatIsInDoubtIsOnlyLookedFor) {
  Bench bench;
  bench.outbox.add({delivery("a")});
  auto rows = bench.outbox.cancel_announcement("a", at(0)).rows;
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].state, S::cancelled);

  bench.outbox.add({delivery("b")});
  const Job job = bench.one_job(at(0));
  bench.outbox.cancel_announcement("b", at(0));
  EXPECT_EQ(bench.settle(job, End::in_doubt, at(0))->state, S::in_doubt);
  bench.settle(bench.one_job(at(5)), End::not_found, at(5));
  EXPECT_EQ(bench.settle(bench.one_job(at(30)), End::not_found, at(30))->state, S::cancelled);

  bench.outbox.add({delivery("c")});
  const Job refused = bench.one_job(at(40));
  bench.outbox.cancel_announcement("c", at(40));
  EXPECT_EQ(bench.settle(refused, End::later, at(41))->state, S::cancelled);
}

TEST(Cancel, ARemovedAccountSettlesEverythingButWhatIsInFlight) {
  Bench bench;
  Delivery doubtful = delivery("c");
  doubtful.state = S::in_doubt;
  doubtful.due = at(100);
  bench.outbox.resume({delivery("a"), delivery("b"), doubtful, delivery("a", "bird")}, at(0));
  const auto claim = bench.outbox.claim(at(0));
  const auto rows = bench.outbox.cancel_account("fedi", "removed", at(1));
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].state, S::sending);
  EXPECT_EQ(rows[1].state, S::cancelled);
  EXPECT_EQ(rows[1].error, "removed");
  EXPECT_EQ(rows[2].state, S::cancelled);
  const Job& fedi = claim.jobs[0].delivery.account == "fedi" ? claim.jobs[0] : claim.jobs[1];
  EXPECT_EQ(bench.settle(fedi, End::in_doubt, at(2))->state, S::cancelled);
  EXPECT_EQ(bench.outbox.waiting("fedi"), 0U);
  EXPECT_EQ(bench.outbox.waiting("bird"), 1U);
}

TEST(Cancel, ADeliveryInFlightOnARemovedAccountMayStillTurnOutSent) {
  Bench bench;
  bench.outbox.add({delivery("a")});
  const Job job = bench.one_job(at(0));
  bench.outbox.cancel_account("fedi", "removed", at(1));
  EXPECT_EQ(bench.settle(job, End::said, at(2))->state, S::sent);
}

TEST(Cancel, StaleNewsGivesWayToADigest) {
  Bench bench;
  bench.outbox.add({delivery("old", "fedi", Tidings::worse, at(0)),
                    delivery("hint", "fedi", Tidings::hint, at(0)),
                    delivery("young", "fedi", Tidings::better, at(1800)),
                    delivery("old", "bird", Tidings::worse, at(0))});
  EXPECT_TRUE(bench.outbox.cancel_stale_news("fedi", hours(1), at(3600)).empty());
  const auto rows = bench.outbox.cancel_stale_news("fedi", hours(1), at(3601));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].id, "old/fedi");
  EXPECT_EQ(rows[0].state, S::cancelled);
  EXPECT_EQ(bench.outbox.waiting(), 3U);
  bench.outbox.claim(at(3602));
  EXPECT_TRUE(bench.outbox.cancel_stale_news("bird", hours(1), at(9999)).empty());  // being sent
}

}  // namespace
}  // namespace signalbox::outbox::testing
