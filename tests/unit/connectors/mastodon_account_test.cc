// What is Mastodon's own and not in the contract of all networks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "connectors/mastodon/cursor.h"
#include "connectors/registry.h"
#include "net/url.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_http.h"
#include "tests/support/run.h"

namespace signalbox::connectors::mastodon {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::run;

class MastodonAccount : public ::testing::Test {
 protected:
  std::unique_ptr<Network> make(std::map<std::string, Setting> more = {}) {
    setup_ = stage_->setup("https://stage.example/");
    more["token"] = Setting{setup_.settings.text("token"), {}, 1, 1};
    setup_.settings = Settings(std::move(more));
    return network_kind("mastodon")->make(setup_, {http_, pause_, clock_});
  }
  Delivery delivery(const std::string& text) const {
    Delivery one;
    one.id = "a1/fedi";
    one.text = text;
    return one;
  }
  net::Parameters last_form() const { return net::parse_form(http_.requests().back().body); }

  testing::FakeClock clock_;
  testing::FakePause pause_{clock_};
  std::unique_ptr<testing::Stage> stage_ = testing::make_stage("mastodon", clock_);
  testing::FakeHttp http_{*stage_};
  AccountSetup setup_;
};

TEST_F(MastodonAccount, AsksTheServerWhoseTokenItIs) {
  const auto network = make();
  ASSERT_TRUE(run(network->fetch("")));
  EXPECT_EQ(http_.requests().at(0).url, "https://stage.example/api/v1/accounts/verify_credentials");
  EXPECT_THAT(http_.requests().at(1).url, HasSubstr("/api/v1/accounts/109348/statuses?limit=40"));
  ASSERT_TRUE(run(network->fetch("")));
  EXPECT_THAT(http_.requests().back().url, HasSubstr("/statuses?limit=40")) << "asked once";
}

TEST_F(MastodonAccount, LearnsTheLimitsOfTheServer) {
  const auto network = make();
  EXPECT_EQ(network->limits(), (Limits{500, Limits::Count::code_points, 23}));
  ASSERT_TRUE(run(network->fetch("")));
  EXPECT_THAT(http_.requests().back().url, HasSubstr("/api/v2/instance"));
}

TEST_F(MastodonAccount, SaysUnderAnIdempotencyKeyThatTheServerHonours) {
  const auto network = make();
  stage_->loses_the_answer();
  EXPECT_FALSE(run(network->say(delivery("API-DOWN: x"))));
  const auto again = run(network->say(delivery("API-DOWN: x")));
  ASSERT_TRUE(again);
  ASSERT_EQ(stage_->heard().size(), 1u);
  EXPECT_EQ(stage_->heard()[0].key, "a1/fedi");
  EXPECT_EQ(net::value_of(last_form(), "visibility"), "public");
}

TEST_F(MastodonAccount, TellsAnAuthorInPrivate) {
  const auto network = make();
  Delivery hint = delivery("did you mean `API-DOWN: x`?");
  hint.direct_to = "555";
  ASSERT_TRUE(run(network->say(hint)));
  EXPECT_EQ(net::value_of(last_form(), "status"), "@user555 did you mean `API-DOWN: x`?");
  EXPECT_EQ(net::value_of(last_form(), "visibility"), "direct");
  const auto found = run(network->find(hint, clock_.now()));
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->has_value());
}

TEST_F(MastodonAccount, IsCertainlyNotOutWhenTheAuthorCannotBeLookedUp) {
  const auto network = make();
  Delivery hint = delivery("x");
  hint.direct_to = "555";
  stage_->refuses_with(503);
  const auto said = run(network->say(hint));
  ASSERT_FALSE(said);
  EXPECT_TRUE(said.error().what.starts_with(net::kNeverSent));
}

TEST_F(MastodonAccount, SpeaksWithTheVisibilityThatIsSet) {
  const auto network = make({{"visibility", Setting{"unlisted", {}, 1, 1}}});
  ASSERT_TRUE(run(network->say(delivery("API-DOWN: x"))));
  EXPECT_EQ(net::value_of(last_form(), "visibility"), "unlisted");
  make({{"visibility", Setting{"loud", {}, 9, 3}}});
  ASSERT_EQ(setup_.settings.mistakes().size(), 1u);
  EXPECT_EQ(setup_.settings.mistakes()[0].line, 9);
}

TEST_F(MastodonAccount, WaitsAsTheServersFamilySays) {
  const auto network = make();
  const std::string reset = iso(clock_.now() + std::chrono::seconds(42));
  stage_->refuses_with(429, {{"x-ratelimit-reset", reset}});
  const auto refused = run(network->fetch(""));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().retry_after, std::chrono::seconds(42));
}

/// A server that answers by a function.
class Server final : public net::Http {
 public:
  using Answer = std::function<net::Response(const net::Request&)>;
  explicit Server(Answer answer) : answer_(std::move(answer)) {}
  boost::asio::awaitable<Result<net::Response>> send(net::Request request) override {
    co_return answer_(request);
  }

 private:
  Answer answer_;
};

Settings settings_of_one() {
  return Settings({{"token", {"t", {}, 1, 1}}, {"account", {"1", {}, 1, 1}}});
}

TEST_F(MastodonAccount, DoesNotTakeAProxysPageForADeletion) {
  bool all_missing = true;
  Server server([&](const net::Request& request) {
    const bool timeline = request.url.ends_with("/api/v1/accounts/1/statuses");
    if (timeline && !all_missing) return net::Response{200, {}, "[]"};
    return net::Response{404, {}, "<html>no such page</html>"};
  });
  setup_.settings = settings_of_one();
  const auto network = network_kind("mastodon")->make(setup_, {server, pause_, clock_});
  EXPECT_FALSE(run(network->revisit({{"fedi", "7", ""}})));
  all_missing = false;
  const auto gone = run(network->revisit({{"fedi", "7", ""}}));
  ASSERT_TRUE(gone) << gone.error().what;
  ASSERT_EQ(gone->size(), 1u);
  EXPECT_TRUE(gone->at(0).deleted);
}

TEST_F(MastodonAccount, SeesThroughAServerThatRepeatsAPage) {
  Server stuck([](const net::Request&) {
    nlohmann::json page = nlohmann::json::array();
    for (int i = 40; i > 0; --i) {
      page.push_back({{"id", std::to_string(i)}, {"account", {{"id", "1"}}}});
    }
    return net::Response{200, {}, page.dump()};
  });
  setup_.settings = settings_of_one();
  const auto network = network_kind("mastodon")->make(setup_, {stuck, pause_, clock_});
  std::string cursor = R"({"recent":["x"],"at_end":true})";
  std::size_t posts = 0;
  int steps = 0;
  for (bool more = true; more && steps < 10; ++steps) {
    const auto fetched = run(network->fetch(cursor));
    ASSERT_TRUE(fetched) << fetched.error().what;
    posts += fetched->posts.size();
    cursor = fetched->cursor;
    more = fetched->more;
  }
  EXPECT_EQ(posts, 40u);
  EXPECT_LE(steps, 3);
}

TEST(MastodonCursor, ComesBackAsItWasKept) {
  Cursor cursor;
  cursor.add({"a", "b", "c", "d", "e", "f", "g"});
  EXPECT_EQ(cursor.after(), "g");
  cursor.at_end = true;
  EXPECT_EQ(cursor.after(), "b") << "a few posts back";
  const Cursor read = read_cursor(to_text(cursor));
  EXPECT_EQ(read.recent, cursor.recent);
  EXPECT_TRUE(read.at_end);
  EXPECT_THAT(read_cursor("109").recent, ElementsAre("109"));
  EXPECT_TRUE(read_cursor("{}").recent.empty());
  EXPECT_TRUE(read_cursor(R"({"recent":[1,null],"at_end":"x"})").recent.empty());
}

}  // namespace
}  // namespace signalbox::connectors::mastodon
