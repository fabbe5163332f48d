#include <gtest/gtest.h>

#include "connectors/registry.h"
#include "connectors/twitter/tweet.h"
#include "net/url.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_http.h"
#include "tests/support/run.h"
#include "tests/support/stage.h"

namespace signalbox::connectors::twitter {
namespace {

using signalbox::testing::FakeClock;
using signalbox::testing::FakeHttp;
using signalbox::testing::FakePause;
using signalbox::testing::run;

class TwitterTest : public ::testing::Test {
 protected:
  FakeClock clock_;
  FakePause pause_{clock_};
  std::unique_ptr<signalbox::testing::Stage> stage_ =
      signalbox::testing::make_stage("twitter", clock_);
  FakeHttp http_{*stage_};
  std::unique_ptr<Network> network_ =
      network_kind("twitter")->make(stage_->setup("http://x.test"), World{http_, pause_, clock_});

  std::string now() { return run(network_->fetch("")).value().cursor; }
  static Delivery delivery(const std::string& text) {
    Delivery made;
    made.id = "d";
    made.text = text;
    return made;
  }
};

TEST_F(TwitterTest, CountsEverythingAfterAnEmptyFirstContact) {
  const std::string cursor = now();
  EXPECT_FALSE(cursor.empty());
  stage_->someone_posts("API-DOWN: first word", {});
  const auto read = run(network_->fetch(cursor)).value();
  ASSERT_EQ(read.posts.size(), 1U);
  EXPECT_EQ(read.posts[0].url, "https://x.com/i/status/" + read.posts[0].id);
}

/// Refuses one request, counted from 1.
class RefusingOnce final : public net::Http {
 public:
  RefusingOnce(net::Http& inner, int which) : inner_(inner), which_(which) {}
  boost::asio::awaitable<Result<net::Response>> send(net::Request request) override {
    urls.push_back(request.url);
    if (++count_ == which_) co_return net::Response{429, {{"retry-after", "9"}}, ""};
    co_return co_await inner_.send(std::move(request));
  }
  std::vector<std::string> urls;

 private:
  net::Http& inner_;
  int which_;
  int count_ = 0;
};

TEST_F(TwitterTest, TakesUpABrokenChainWhereItBroke) {
  RefusingOnce http(http_, 3);
  network_ =
      network_kind("twitter")->make(stage_->setup("http://x.test"), World{http, pause_, clock_});
  const std::string cursor = now();
  for (int i = 0; i < 50; ++i) stage_->someone_posts("n" + std::to_string(i), {});
  const auto refused = run(network_->fetch(cursor));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().retry_after, Duration(9000));
  stage_->someone_posts("meanwhile", {});
  const auto read = run(network_->fetch(cursor)).value();
  EXPECT_EQ(read.posts.size(), 50U);
  ASSERT_EQ(http.urls.size(), 5U);
  const auto token = [&](std::size_t i) {
    return net::value_of(net::parse_form(net::query_of(http.urls[i])), "pagination_token");
  };
  EXPECT_NE(token(2), "");
  EXPECT_EQ(token(3), token(2));
  const auto rest = run(network_->fetch(read.cursor)).value();
  ASSERT_EQ(rest.posts.size(), 1U);
  EXPECT_EQ(rest.posts[0].text, "meanwhile");
}

TEST_F(TwitterTest, GivesAllPagesOldestFirstAndThenMoves) {
  stage_->someone_posts("before", {});
  const std::string cursor = now();
  for (int i = 0; i < 50; ++i) stage_->someone_posts("n" + std::to_string(i), {});
  const auto read = run(network_->fetch(cursor)).value();
  ASSERT_EQ(read.posts.size(), 50U);
  for (std::size_t i = 0; i < 50; ++i) EXPECT_EQ(read.posts[i].text, "n" + std::to_string(i));
  EXPECT_EQ(read.cursor, read.posts.back().id);
  EXPECT_TRUE(run(network_->fetch(read.cursor)).value().posts.empty());
}

TEST_F(TwitterTest, SaysWhichPostAnEditReplaces) {
  const std::string cursor = now();
  const std::string first = stage_->someone_posts("API-DOWN: x", {});
  const auto read = run(network_->fetch(cursor)).value();
  stage_->someone_edits(first, "API-ISSUE: never seen");
  const std::string middle = read.posts[0].id;
  stage_->someone_edits(first, "API-ISSUE: x");
  const auto next = run(network_->fetch(read.cursor)).value();
  ASSERT_EQ(next.posts.size(), 1U);
  EXPECT_EQ(next.posts[0].replaces, middle);
  EXPECT_EQ(next.posts[0].text, "API-ISSUE: x");
  const auto again = run(network_->revisit({{"twitter", first, ""}})).value();
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].replaces, first);
}

TEST_F(TwitterTest, TakesADuplicateForWhatWasSaidBefore) {
  const auto said = run(network_->say(delivery("API-DOWN: see https://a.example/x & <b>")));
  ASSERT_TRUE(said);
  const auto again = run(network_->say(delivery("API-DOWN: see https://a.example/x & <b>")));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->id, said->id);
  EXPECT_EQ(stage_->heard().size(), 1U);
}

TEST_F(TwitterTest, WaitsAsLongAsItIsTold) {
  const auto reset = std::chrono::floor<std::chrono::seconds>(clock_.now()).time_since_epoch() +
                     std::chrono::seconds(77);
  stage_->refuses_with(429, {{"x-rate-limit-reset", std::to_string(reset.count())}});
  const auto read = run(network_->fetch(""));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Error::Code::rate_limited);
  EXPECT_EQ(read.error().retry_after, Duration(std::chrono::seconds(77)));
}

TEST_F(TwitterTest, DoesNotTellTheWorldWhatIsForOne) {
  Delivery hint = delivery("did you mean API-DOWN?");
  hint.direct_to = stage_->allowed_author();
  EXPECT_FALSE(run(network_->say(hint)));
  hint.direct_to = "42";
  EXPECT_TRUE(run(network_->say(hint)));
  EXPECT_NE(http_.requests().back().url.find("/2/dm_conversations/with/42/messages"),
            std::string::npos);
}

}  // namespace
}  // namespace signalbox::connectors::twitter
