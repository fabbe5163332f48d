// The promises about rows, keys, cursors, answers and checkpoints.
#include <gmock/gmock.h>

#include "tests/conformance/store/subject.h"

namespace signalbox::store::testing {
namespace {

using Ledger = EveryStore;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
INSTANTIATE_TEST_SUITE_P(Store, Ledger, ::testing::Values("memory", "sqlite"), kind_name);

TEST_P(Ledger, IsEmptyAtFirst) {
  EXPECT_EQ(*store().last_seq(), 0U);
  EXPECT_THAT(*store().rows(0, 10), IsEmpty());
  EXPECT_FALSE(*store().knows("fedi\n1\n"));
  EXPECT_FALSE(*store().knows(""));
  EXPECT_EQ(*store().cursor("x"), std::nullopt);
  EXPECT_EQ(*store().answer("x"), std::nullopt);
  EXPECT_FALSE(store().checkpoint()->has_value());
  EXPECT_TRUE(store().keep({}).ok());
}

TEST_P(Ledger, GivesBackEverythingAlsoAfterAReopen) {
  Row strange = row(2);
  strange.at = Time(Duration(-1));
  strange.version = 7;
  strange.payload = "{\"text\":\"\xF0\x9F\x94\xA5 \xD0\x90 '\\u0000\"}";
  ASSERT_TRUE(store().keep(batch(1)).ok());
  ASSERT_TRUE(store().keep({{strange}, {}, {}, {}}).ok());
  for (int n = 0; n < 2; ++n) {
    EXPECT_THAT(*store().rows(0, 10), ElementsAre(row(1, "fedi\n1\n"), strange));
    EXPECT_EQ(*store().last_seq(), 2U);
    EXPECT_TRUE(*store().knows("fedi\n1\n"));
    EXPECT_FALSE(*store().knows("fedi\n1\nedited"));
    EXPECT_EQ(*store().cursor("mastodon https://x fedi"), "1");
    EXPECT_EQ(*store().answer("1"), "ok 1");
    EXPECT_EQ(**store().delivery("1/fedi"), delivery("1"));
    subject_->reopen();
  }
}

TEST_P(Ledger, KeepsIncidentsAsTheyLastStood) {
  Batch first = batch(1);
  first.incidents = {{"i", "over"}, {"j", "other"}, {"i", "over, edited"}};
  ASSERT_TRUE(store().keep(first).ok());
  EXPECT_EQ(subject_->incident("i"), "over, edited");
  ASSERT_TRUE(store().keep({{}, {}, {}, {}, {{"j", "with a post-mortem"}}}).ok());
  Batch refused = batch(1);
  refused.incidents = {{"k", "x"}, {"i", "x"}};
  EXPECT_FALSE(store().keep(refused));
  subject_->reopen();
  EXPECT_EQ(subject_->incident("i"), "over, edited");
  EXPECT_EQ(subject_->incident("j"), "with a post-mortem");
  EXPECT_EQ(subject_->incident("k"), std::nullopt);
}

TEST_P(Ledger, ReadsOnFromAnySeq) {
  for (std::uint64_t n = 1; n <= 5; ++n) ASSERT_TRUE(store().keep(batch(n)).ok());
  EXPECT_EQ(store().rows(2, 2)->front().seq, 3U);
  EXPECT_EQ(store().rows(2, 2)->size(), 2U);
  EXPECT_THAT(*store().rows(5, 2), IsEmpty());
  EXPECT_THAT(*store().rows(900, 2), IsEmpty());
  EXPECT_EQ(store().rows(0, ~std::size_t{0})->size(), 5U);
}

/// Nothing of a refused second batch may be there.
void expect_only_the_first(Store& store) {
  EXPECT_EQ(*store.last_seq(), 1U);
  EXPECT_EQ(*store.cursor("mastodon https://x fedi"), "1");
  EXPECT_EQ(store.deliveries(10)->size(), 1U);
  EXPECT_EQ(*store.answer("2"), std::nullopt);
  EXPECT_FALSE(*store.knows("fedi\n2\n"));
}

TEST_P(Ledger, RefusesAGapAndKeepsNothingOfIt) {
  ASSERT_TRUE(store().keep(batch(1)).ok());
  for (const std::uint64_t seq : {0U, 1U, 3U, 100U}) {
    Batch bad = batch(2);
    bad.rows[0].seq = seq;
    EXPECT_EQ(store().keep(bad).error().code, Error::Code::internal) << seq;
  }
  Batch inside = batch(2);
  inside.rows.push_back(row(4));
  EXPECT_EQ(store().keep(inside).error().code, Error::Code::internal);
  expect_only_the_first(store());
  EXPECT_TRUE(store().keep(batch(2)).ok());
}

TEST_P(Ledger, RefusesAKnownKeyAndKeepsNothingOfIt) {
  ASSERT_TRUE(store().keep(batch(1)).ok());
  Batch known = batch(2);
  known.rows.push_back(row(3, "fedi\n1\n"));
  EXPECT_EQ(store().keep(known).error().code, Error::Code::invalid);
  EXPECT_EQ(store().keep(known).error().what, "post fedi\\n1\\n is kept already");
  Batch twice = batch(2);
  twice.rows.push_back(row(3, "fedi\n2\n"));
  EXPECT_EQ(store().keep(twice).error().code, Error::Code::invalid);
  expect_only_the_first(store());
  EXPECT_TRUE(store().keep(batch(2)).ok());
}

TEST_P(Ledger, RowsWithoutAKeyNeverClash) {
  EXPECT_TRUE(store().keep({{row(1), row(2)}, {}, {}, {}}).ok());
  EXPECT_TRUE(store().keep({{row(3)}, {}, {}, {}}).ok());
}

TEST_P(Ledger, RefusesASecondAnswerToTheSameCommand) {
  ASSERT_TRUE(store().keep(batch(1)).ok());
  Batch again = batch(2);
  again.answers = {{"1", "other"}};
  EXPECT_EQ(store().keep(again).error().code, Error::Code::invalid);
  expect_only_the_first(store());
  EXPECT_EQ(*store().answer("1"), "ok 1");
}

TEST_P(Ledger, ACursorMovesAndStandsAlone) {
  ASSERT_TRUE(store().keep({{}, {{"a", "1"}, {"b", "9"}}, {}, {}}).ok());
  ASSERT_TRUE(store().keep({{}, {{"a", ""}}, {}, {}}).ok());
  EXPECT_EQ(*store().cursor("a"), "");
  EXPECT_EQ(*store().cursor("b"), "9");
  EXPECT_EQ(*store().reading_cursor("a"), std::nullopt);
}

TEST_P(Ledger, KeepsTheNewestCheckpoint) {
  ASSERT_TRUE(store().keep(batch(1)).ok());
  ASSERT_TRUE(store().keep(batch(2)).ok());
  ASSERT_TRUE(store().keep_checkpoint({1, "{}"}).ok());
  ASSERT_TRUE(store().keep_checkpoint({2, "{\"book\":1}"}).ok());
  EXPECT_EQ(store().keep_checkpoint({3, "ahead"}).error().code, Error::Code::internal);
  subject_->reopen();
  const auto kept = store().checkpoint();
  ASSERT_TRUE(kept->has_value());
  EXPECT_EQ((*kept)->seq, 2U);
  EXPECT_EQ((*kept)->payload, "{\"book\":1}");
}

TEST_P(Ledger, ADamagedCheckpointIsNone) {
  ASSERT_TRUE(store().keep(batch(1)).ok());
  ASSERT_TRUE(store().keep_checkpoint({1, "{}"}).ok());
  if (!subject_->damage_checkpoint()) GTEST_SKIP() << "skipped, because memory is not damaged";
  EXPECT_FALSE(store().checkpoint()->has_value());
  EXPECT_TRUE(store().keep_checkpoint({1, "{}"}).ok());
  EXPECT_TRUE(store().checkpoint()->has_value());
}

}  // namespace
}  // namespace signalbox::store::testing
