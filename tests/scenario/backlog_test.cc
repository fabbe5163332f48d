// A week away: every post is read once, the final state is right, and followers hear one digest,
// not old news.
#include <gtest/gtest.h>

#include "tests/support/theatre/theatre.h"

namespace signalbox::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(Backlog, TenThousandPostsAreStoredOnceAndToldInOneDigest) {
  Theatre stage({"API", "JS"}, {},
                {{"fedi", "mastodon", true, false}, {"bird", "twitter", true, false}});
  stage.poll_all();
  constexpr int kPosts = 10'000;
  Stage& fedi = stage.stage("fedi");
  for (int n = 0; n < kPosts; ++n) {
    fedi.someone_posts("API: note number " + std::to_string(n));
    stage.clock().advance(minutes(1));
  }
  fedi.someone_posts("JS-DOWN: the very last word");
  stage.clock().advance(hours(2));

  const auto before = stage.core().book().seq;
  stage.poll_all();  // begins well
  fedi.refuses_with(429, {{"X-RateLimit-Reset", iso(stage.clock().now() + seconds(30))}});
  stage.pass(seconds(11));
  fedi.talks_nonsense();
  stage.pass(seconds(11));
  fedi.someone_posts("API-ISSUE: arrived meanwhile");
  stage.pass(minutes(2));

  std::size_t received = 0;
  auto rows = stage.core().store().rows(before, 100'000);
  ASSERT_TRUE(rows);
  for (const store::Row& row : *rows) received += row.key.starts_with("fedi\n") ? 1 : 0;
  EXPECT_EQ(received, static_cast<std::size_t>(kPosts + 2));
  EXPECT_EQ(stage.state("JS"), State::down);
  EXPECT_EQ(stage.state("API"), State::issue);
  EXPECT_EQ(stage.said_with("bird", "note number"), 0u) << "old news is not told";
  EXPECT_EQ(stage.said_with("bird", "arrived meanwhile"), 1u) << "news is";
  EXPECT_LE(stage.said("bird").size(), 2u) << "at most one digest beside it";
  EXPECT_GE(stage.said("bird").size(), 2u) << "the digest tells that JS is down";
}

}  // namespace
}  // namespace signalbox::testing
