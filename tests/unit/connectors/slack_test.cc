#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "connectors/registry.h"
#include "connectors/slack/api.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_http.h"
#include "tests/support/run.h"
#include "tests/support/stage.h"

namespace signalbox::connectors::slack {
namespace {

using signalbox::testing::FakeClock;
using signalbox::testing::FakeHttp;
using signalbox::testing::FakePause;
using signalbox::testing::run;

class SlackTest : public ::testing::Test {
 protected:
  FakeClock clock_;
  FakePause pause_{clock_};
  std::unique_ptr<signalbox::testing::Stage> stage_ =
      signalbox::testing::make_stage("slack", clock_);
  FakeHttp http_{*stage_};
  std::unique_ptr<Network> network_ = network_kind("slack")->make(
      stage_->setup("http://slack.test/api"), World{http_, pause_, clock_});

  std::string now() { return run(network_->fetch("")).value().cursor; }
  static Delivery delivery(const std::string& id, const std::string& text) {
    Delivery made;
    made.id = id;
    made.text = text;
    return made;
  }
};

TEST_F(SlackTest, MovesItsCursorPageByPage) {
  stage_->someone_posts("before", {});
  std::string cursor = now();
  for (int i = 0; i < 45; ++i) stage_->someone_posts("n" + std::to_string(i), {});
  int seen = 0;
  std::vector<std::size_t> sizes;
  for (bool more = true; more;) {
    const auto step = run(network_->fetch(cursor)).value();
    for (const Post& post : step.posts) EXPECT_EQ(post.text, "n" + std::to_string(seen++));
    EXPECT_NE(step.cursor, cursor);
    sizes.push_back(step.posts.size());
    cursor = step.cursor;
    more = step.more;
  }
  EXPECT_EQ(sizes, (std::vector<std::size_t>{20, 20, 5}));
}

TEST_F(SlackTest, CountsEverythingAfterAnEmptyFirstContact) {
  const std::string cursor = now();
  EXPECT_FALSE(cursor.empty());
  stage_->someone_posts("API-DOWN: first word", {});
  EXPECT_EQ(run(network_->fetch(cursor)).value().posts.size(), 1U);
}

TEST_F(SlackTest, KnowsWhenItIsAddressed) {
  const std::string cursor = now();
  stage_->someone_posts("API: not to us", {});
  stage_->someone_posts("@signalbox: API: lunch", {});
  stage_->someone_posts("@stranger API: lunch", {});
  const auto posts = run(network_->fetch(cursor)).value().posts;
  ASSERT_EQ(posts.size(), 3U);
  EXPECT_FALSE(posts[0].addressed);
  EXPECT_TRUE(posts[1].addressed);
  EXPECT_EQ(posts[1].text, "API: lunch");
  EXPECT_FALSE(posts[2].addressed);
  EXPECT_EQ(posts[1].url.find("https://stage.slack.example/archives/C0STAGE/p"), 0U);
}

TEST_F(SlackTest, SaysNothingThatCouldCallEverybody) {
  const auto said = run(network_->say(delivery("d1", "API-DOWN: <!channel> & <@U1>")));
  ASSERT_TRUE(said);
  const auto body = nlohmann::json::parse(http_.requests().back().body);
  EXPECT_EQ(body["text"], "API-DOWN: &lt;!channel&gt; &amp; &lt;@U1&gt;");
  EXPECT_EQ(body["unfurl_links"], false);
  EXPECT_EQ(body["metadata"]["event_payload"]["delivery"], "d1");
}

TEST_F(SlackTest, FindsByItsKeyWhenTwoSayTheSame) {
  const Time since = clock_.now();
  ASSERT_TRUE(run(network_->say(delivery("first", "API-DOWN: same words"))));
  EXPECT_FALSE(run(network_->find(delivery("second", "API-DOWN: same words"), since)).value());
  EXPECT_TRUE(run(network_->find(delivery("first", "API-DOWN: same words"), since)).value());
}

TEST_F(SlackTest, WhispersToAnAuthorWhereNoReplyIsPossible) {
  Delivery hint = delivery("d1", "did you mean API-DOWN?");
  hint.direct_to = stage_->allowed_author();
  ASSERT_TRUE(run(network_->say(hint)));
  const std::string cursor = "0.000000";
  EXPECT_TRUE(run(network_->fetch(cursor)).value().posts.empty());
  ASSERT_EQ(stage_->heard().size(), 1U);
}

TEST_F(SlackTest, SeesADeletedParentBehindItsTombstone) {
  const std::string cursor = now();
  const std::string parent = stage_->someone_posts("API-DOWN: x", {});
  stage_->someone_posts("a reply", {"", Origin::own, parent});
  stage_->someone_deletes(parent);
  const auto again = run(network_->revisit({{"slack", parent, ""}})).value();
  ASSERT_EQ(again.size(), 1U);
  EXPECT_TRUE(again[0].deleted);
  EXPECT_TRUE(run(network_->fetch(cursor)).value().posts.empty());
}

TEST_F(SlackTest, ReadsRepliesWithTheirThread) {
  const std::string parent = stage_->someone_posts("API-DOWN: x", {});
  const std::string reply = stage_->someone_posts("on it", {"", Origin::own, parent});
  const auto replies = run(network_->replies({{"slack", parent, ""}})).value();
  ASSERT_EQ(replies.size(), 1U);
  EXPECT_EQ(replies[0].id, reply);
  EXPECT_EQ(replies[0].thread, parent);
  stage_->someone_deletes(reply);
  EXPECT_TRUE(run(network_->revisit({{"slack", reply, parent}})).value().at(0).deleted);
}

TEST(SlackRefusals, AreSortedByWhatTheCallerCanDo) {
  using Code = Error::Code;
  const std::pair<std::string, Code> table[] = {
      {"ratelimited", Code::rate_limited},
      {"invalid_auth", Code::unauthorized},
      {"not_authed", Code::unauthorized},
      {"token_revoked", Code::unauthorized},
      {"not_in_channel", Code::unauthorized},
      {"channel_not_found", Code::invalid},
      {"fatal_error", Code::unavailable},
      {"internal_error", Code::unavailable},
      {"", Code::unavailable},
      {"msg_too_long", Code::invalid},
      {"some_new_word", Code::invalid},
  };
  for (const auto& [word, code] : table) {
    EXPECT_EQ(refusal_word(word, "chat.postMessage").code, code) << word;
  }
  EXPECT_EQ(refusal_word("evil\nline <b>", "x").what, "slack: x: evillineb");
}

TEST(SlackSettings, NameWhatIsWrong) {
  FakeClock clock;
  FakePause pause(clock);
  const auto stage = signalbox::testing::make_stage("slack", clock);
  FakeHttp http(*stage);
  AccountSetup setup{"ops", "", "", Settings({{"limit", Setting{"5000", {}, 3, 9}}})};
  network_kind("slack")->make(setup, World{http, pause, clock});
  std::vector<std::string> keys;
  for (const auto& misfit : setup.settings.mistakes()) keys.push_back(misfit.key);
  EXPECT_EQ(keys, (std::vector<std::string>{"token", "channel", "limit"}));
}

}  // namespace
}  // namespace signalbox::connectors::slack
