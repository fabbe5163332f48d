// The promises about the outbox's rows.
#include <gmock/gmock.h>

#include "tests/conformance/store/subject.h"

namespace signalbox::store::testing {
namespace {

using Deliveries = EveryStore;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
INSTANTIATE_TEST_SUITE_P(Store, Deliveries, ::testing::Values("memory", "sqlite"), kind_name);

std::vector<std::string> ids(const Result<std::vector<Delivery>>& found) {
  std::vector<std::string> names;
  for (const Delivery& d : *found) names.push_back(d.id);
  return names;
}

TEST_P(Deliveries, ComeBackWithEveryField) {
  Delivery d = delivery("a");
  d.tidings = Tidings::digest;
  d.text = "ALL-UP: \xF0\x9F\x8E\x89\nsecond line";
  d.reply_to = "1";
  d.thread = "2";
  d.direct_to = "3";
  d.priority = -4;
  d.state = DeliveryState::in_doubt;
  d.attempts = 5;
  d.looks = 6;
  d.created = at(7);
  d.due = at(8);
  d.sent_at = at(9);
  d.remote_id = "10";
  d.remote_url = "https://example.org/10";
  d.error = "eleven";
  d.revoked = true;
  ASSERT_TRUE(store().keep({{}, {}, {d}, {}}).ok());
  subject_->reopen();
  EXPECT_EQ(**store().delivery(d.id), d);
  EXPECT_FALSE(store().delivery("b")->has_value());
}

TEST_P(Deliveries, KeepEveryStateAndTidings) {
  std::vector<Delivery> all;
  for (int n = 0; n <= static_cast<int>(Tidings::digest); ++n) {
    all.push_back(delivery(std::to_string(n)));
    all.back().tidings = static_cast<Tidings>(n);
    all.back().state = static_cast<DeliveryState>(n % 6);
  }
  ASSERT_TRUE(store().keep({{}, {}, all, {}}).ok());
  for (const Delivery& d : all) EXPECT_EQ(**store().delivery(d.id), d);
}

TEST_P(Deliveries, OpenOnesByPriorityThenAsMade) {
  ASSERT_TRUE(
      store()
          .keep(
              {{}, {}, {delivery("low", "x", 1), delivery("z", "x", 3), delivery("a", "x", 3)}, {}})
          .ok());
  ASSERT_TRUE(store().keep({{}, {}, {delivery("top", "x", 4), delivery("late", "x", 3)}, {}}).ok());
  EXPECT_THAT(ids(store().open_deliveries()),
              ElementsAre("top/x", "z/x", "a/x", "late/x", "low/x"));
  Delivery again = delivery("z", "x", 3);
  again.state = DeliveryState::sending;
  ASSERT_TRUE(store().keep({{}, {}, {again}, {}}).ok());
  subject_->reopen();
  EXPECT_THAT(ids(store().open_deliveries()),
              ElementsAre("top/x", "z/x", "a/x", "late/x", "low/x"));
}

TEST_P(Deliveries, SettledOnesAreNotOpen) {
  std::vector<Delivery> all;
  for (int n = 0; n < 6; ++n) {
    all.push_back(delivery(std::to_string(n), "x"));
    all.back().state = static_cast<DeliveryState>(n);
  }
  ASSERT_TRUE(store().keep({{}, {}, all, {}}).ok());
  EXPECT_THAT(ids(store().open_deliveries()), ElementsAre("0/x", "1/x", "2/x"));
  for (Delivery& d : all) d.state = DeliveryState::cancelled;
  ASSERT_TRUE(store().keep({{}, {}, all, {}}).ok());
  EXPECT_THAT(*store().open_deliveries(), IsEmpty());
}

TEST_P(Deliveries, TheLastRowOfABatchHolds) {
  Delivery later = delivery("a");
  later.state = DeliveryState::sending;
  ASSERT_TRUE(store().keep({{}, {}, {delivery("a"), later}, {}}).ok());
  EXPECT_EQ(**store().delivery("a/fedi"), later);
  EXPECT_EQ(store().deliveries(10)->size(), 1U);
}

TEST_P(Deliveries, NewestFirst) {
  for (int n = 1; n <= 4; ++n) ASSERT_TRUE(store().keep(batch(static_cast<std::uint64_t>(n))).ok());
  EXPECT_THAT(ids(store().deliveries(3)), ElementsAre("4/fedi", "3/fedi", "2/fedi"));
  EXPECT_THAT(*store().deliveries(0), IsEmpty());
}

TEST_P(Deliveries, OfOneAnnouncement) {
  ASSERT_TRUE(store()
                  .keep({{}, {}, {delivery("a", "x"), delivery("b", "x"), delivery("a", "y")}, {}})
                  .ok());
  EXPECT_THAT(ids(store().deliveries_of("a")), ElementsAre("a/x", "a/y"));
  EXPECT_THAT(*store().deliveries_of("c"), IsEmpty());
}

TEST_P(Deliveries, KnownByTheirRemoteIdOnceSent) {
  Delivery d = delivery("a");
  d.remote_id = "r1";
  ASSERT_TRUE(store().keep({{}, {}, {d, delivery("b")}, {}}).ok());
  EXPECT_FALSE(store().sent_as("fedi", "r1")->has_value());
  d.state = DeliveryState::sent;
  ASSERT_TRUE(store().keep({{}, {}, {d}, {}}).ok());
  subject_->reopen();
  EXPECT_EQ(**store().sent_as("fedi", "r1"), d);
  EXPECT_FALSE(store().sent_as("bird", "r1")->has_value());
  EXPECT_FALSE(store().sent_as("fedi", "")->has_value());
}

}  // namespace
}  // namespace signalbox::store::testing
