// What every network promises about reading.
#include "tests/conformance/network/far_side.h"

namespace signalbox::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

class Reading : public FarSide {
 protected:
  void SetUp() override {
    if (!remote()) GTEST_SKIP() << "skipped, because " << GetParam() << " is not read";
    FarSide::SetUp();
  }
};
INSTANTIATE_TEST_SUITE_P(Network, Reading, ::testing::ValuesIn(connectors::network_kinds()),
                         kind_name);

TEST_P(Reading, TakesWhatWasSaidBeforeFirstContactForNoNews) {
  for (int i = 0; i < 60; ++i) posts("API-DOWN: old " + std::to_string(i));
  std::string cursor = first_contact();
  EXPECT_FALSE(cursor.empty());
  EXPECT_THAT(read(cursor), IsEmpty());
  const std::string id = posts("API-DOWN: new");
  EXPECT_THAT(ids(read(cursor)), ElementsAre(id));
}

TEST_P(Reading, CountsEverythingAfterAFirstContactWithAnEmptyTimeline) {
  std::string cursor = first_contact();
  EXPECT_FALSE(cursor.empty());
  EXPECT_THAT(read(cursor), IsEmpty());
  std::vector<std::string> written;
  for (int i = 0; i < 130; ++i) written.push_back(posts("API-DOWN: " + std::to_string(i)));
  EXPECT_THAT(ids(read(cursor)), ElementsAreArray(written));
  EXPECT_THAT(read(cursor), IsEmpty());
}

TEST_P(Reading, GivesManyPagesOldestFirstWithoutAGapWhileOthersWrite) {
  posts("before");
  std::string cursor = first_contact();
  std::vector<std::string> written;
  for (int i = 0; i < 250; ++i) written.push_back(posts("API-DOWN: " + std::to_string(i)));
  auto first = run(network_->fetch(cursor));
  ASSERT_TRUE(first) << first.error().what;
  written.push_back(posts("API-UP: arrived while reading"));
  std::vector<Post> all = first->posts;
  cursor = first->cursor;
  const std::vector<Post> rest = read(cursor);
  all.insert(all.end(), rest.begin(), rest.end());
  EXPECT_THAT(ids(all), ElementsAreArray(written));
  EXPECT_EQ(all.back().text, "API-UP: arrived while reading");
  EXPECT_THAT(read(cursor), IsEmpty());
}

TEST_P(Reading, GivesAStepAgainThatWasNotKept) {
  posts("before");
  const std::string kept = first_contact();
  for (int i = 0; i < 90; ++i) posts("API-DOWN: " + std::to_string(i));
  std::string cursor = kept;
  const std::vector<Post> once = read(cursor);
  cursor = kept;
  EXPECT_EQ(ids(read(cursor)), ids(once));
  restart();
  cursor = kept;
  EXPECT_EQ(ids(read(cursor)), ids(once)) << "the cursor is all that reading goes by";
}

TEST_P(Reading, GoesOnAfterARestart) {
  std::string cursor = first_contact();
  posts("API-DOWN: one");
  EXPECT_EQ(read(cursor).size(), 1u);
  restart();
  const std::string second = posts("API-UP: two");
  EXPECT_THAT(ids(read(cursor)), ElementsAre(second));
}

TEST_P(Reading, GivesPlainText) {
  std::string cursor = first_contact();
  const std::string kTexts[] = {
      "API-ISSUE: The <b>API</b> is & \"slow\"\nsecond line",
      "API-DOWN: &lt;already escaped&gt; &amp;amp; 5 > 4 < 6",
      "API-UP: see https://example.com/x?a=1&b=2 for more",
      "API-DOWN: Größe 日本語 😀 é",
      "API-DOWN: it's 'quoted', 5 * 3 and under_score_d",
  };
  for (const std::string& text : kTexts) posts(text);
  std::vector<std::string> texts;
  for (const Post& post : read(cursor)) texts.push_back(post.text);
  EXPECT_THAT(texts, ElementsAreArray(kTexts));
}

TEST_P(Reading, FillsInWhoWroteWhatWhen) {
  std::string cursor = first_contact();
  const std::string id = posts("API-DOWN: x");
  const Time written = clock_.now();
  clock_.advance(std::chrono::seconds(30));
  const std::vector<Post> all = read(cursor);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].account, setup_.id);
  EXPECT_EQ(all[0].id, id);
  EXPECT_EQ(all[0].author, stage_->allowed_author());
  EXPECT_EQ(all[0].origin, Origin::own);
  EXPECT_EQ(all[0].thread, "");
  EXPECT_FALSE(all[0].deleted);
  EXPECT_LT(std::chrono::abs(all[0].at - written), std::chrono::seconds(2));
  EXPECT_EQ(all[0].received, clock_.now());
}

TEST_P(Reading, MarksWhatIsNotTheAuthorsOwnPublicWord) {
  ASSERT_THAT(stage_->origins(), ::testing::Not(IsEmpty())) << "the stage names what it can mark";
  std::string cursor = first_contact();
  for (const Origin origin : stage_->origins()) {
    Posting how;
    how.origin = origin;
    posts("API-DOWN: not ours", how);
    const std::vector<Post> all = read(cursor);
    ASSERT_EQ(all.size(), 1u) << "kept with its reason, not dropped: " << static_cast<int>(origin);
    EXPECT_EQ(all[0].origin, origin);
  }
}

TEST_P(Reading, NamesAStrangerAsOne) {
  std::string cursor = first_contact();
  Posting how;
  how.author = "424242";
  posts("API-DOWN: by a stranger", how);
  for (const Post& post : read(cursor)) EXPECT_EQ(post.author, "424242");
}

TEST_P(Reading, ShowsRepliesWithTheirThread) {
  std::string cursor = first_contact();
  const std::string first = posts("API-DOWN: x");
  std::vector<Post> all = read(cursor);
  Posting how;
  how.in_reply_to = first;
  const std::string reply = posts("we are on it", how);
  all = read(cursor);
  const auto more = run(network_->replies({{setup_.id, first, ""}}));
  ASSERT_TRUE(more) << more.error().what;
  all.insert(all.end(), more->begin(), more->end());
  ASSERT_THAT(ids(all), ElementsAre(reply)) << "once, by fetch() or by replies()";
  EXPECT_EQ(all[0].thread, first);
  EXPECT_EQ(all[0].text, "we are on it");
}

TEST_P(Reading, FollowsEditsAndDeletions) {
  std::string cursor = first_contact();
  const std::string kept = posts("API-DOWN: kept");
  const std::string edited = posts("API-DOWN: befor");
  const std::string deleted = posts("API-DOWN: deleted");
  read(cursor);
  clock_.advance(std::chrono::seconds(20));
  stage_->someone_edits(edited, "API-ISSUE: after");
  stage_->someone_deletes(deleted);
  const std::string account = setup_.id;
  auto changes =
      run(network_->revisit({{account, kept, ""}, {account, edited, ""}, {account, deleted, ""}}));
  ASSERT_TRUE(changes) << changes.error().what;
  const std::vector<Post> fresh = read(cursor);
  changes->insert(changes->end(), fresh.begin(), fresh.end());
  int edits = 0;
  int deletions = 0;
  for (const Post& post : *changes) {
    EXPECT_EQ(post.account, account);
    const bool is_edit = (post.id == edited && !post.revision.empty()) || post.replaces == edited;
    if (is_edit) {
      EXPECT_EQ(post.text, "API-ISSUE: after");
      ++edits;
    }
    deletions += post.id == deleted && post.deleted ? 1 : 0;
    EXPECT_FALSE(post.deleted && post.id != deleted);
  }
  EXPECT_GE(edits, 1);
  EXPECT_EQ(deletions, 1);
}

TEST_P(Reading, FindsNothingChangedWhereNothingWas) {
  std::string cursor = first_contact();
  const std::string id = posts("API-DOWN: x");
  read(cursor);
  const auto changes = run(network_->revisit({{setup_.id, id, ""}}));
  ASSERT_TRUE(changes) << changes.error().what;
  for (const Post& post : *changes) {
    EXPECT_FALSE(post.deleted);
    EXPECT_EQ(post.revision, "");
  }
  EXPECT_THAT(*run(network_->revisit({})), IsEmpty());
}

}  // namespace
}  // namespace signalbox::testing
