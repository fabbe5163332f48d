// What networks that show mentions promise about reading them.
#include "tests/conformance/network/far_side.h"

namespace signalbox::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

class Mentions : public FarSide {
 protected:
  void SetUp() override {
    if (stage_->colleague().empty()) {
      GTEST_SKIP() << "skipped, because " << GetParam() << " shows no mentions";
    }
    stage_->reads_mentions();
    FarSide::SetUp();
  }
  Posting by(const std::string& author, const std::string& in_reply_to = "") const {
    return {author, Origin::own, in_reply_to, true};
  }
  std::string colleague_posts(const std::string& text) {
    return posts(text, by(stage_->colleague()));
  }
};
INSTANTIATE_TEST_SUITE_P(Network, Mentions, ::testing::ValuesIn(connectors::network_kinds()),
                         kind_name);

TEST_P(Mentions, AreReadBesideTheTimelineOldestFirst) {
  colleague_posts("@status API-DOWN: before first contact");
  std::string cursor = first_contact();
  EXPECT_THAT(read(cursor), IsEmpty());
  const std::string first = posts("API-DOWN: on the timeline");
  const std::string second = colleague_posts("API-ISSUE: mentioned");
  const std::string third = posts("API-UP: on the timeline again");
  EXPECT_THAT(ids(read(cursor)), ElementsAre(first, second, third));
  EXPECT_THAT(read(cursor), IsEmpty());
  restart();
  EXPECT_THAT(read(cursor), IsEmpty());
}

TEST_P(Mentions, OfStrangersAreNotRead) {
  std::string cursor = first_contact();
  posts("API-DOWN: by a stranger", by("424242"));
  EXPECT_THAT(read(cursor), IsEmpty());
  const std::string id = colleague_posts("API-DOWN: by staff");
  EXPECT_THAT(ids(read(cursor)), ElementsAre(id));
}

TEST_P(Mentions, NameTheirAuthorAndAreAddressedToUs) {
  std::string cursor = first_contact();
  const std::string us = stage_->setup("").handle;
  colleague_posts("@" + us + " API-DOWN: disks");
  const std::vector<Post> all = read(cursor);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].author, stage_->colleague());
  EXPECT_EQ(all[0].origin, Origin::own);
  EXPECT_EQ(all[0].text, "API-DOWN: disks");
  EXPECT_TRUE(all[0].addressed);
}

TEST_P(Mentions, ComeInManyPagesWithoutAGapWhileOthersWrite) {
  for (const bool from_the_start : {true, false}) {
    std::string cursor = first_contact();
    if (!from_the_start) {
      colleague_posts("one that is known");
      read(cursor);
    }
    std::vector<std::string> written;
    for (int i = 0; i < 70; ++i) {
      written.push_back(colleague_posts("API-DOWN: " + std::to_string(i)));
      posts("API-DOWN: " + std::to_string(i), by("424242"));
    }
    auto first = run(network_->fetch(cursor));
    ASSERT_TRUE(first) << first.error().what;
    written.push_back(colleague_posts("API-UP: arrived while reading"));
    std::vector<Post> all = first->posts;
    cursor = first->cursor;
    const std::vector<Post> rest = read(cursor);
    all.insert(all.end(), rest.begin(), rest.end());
    EXPECT_THAT(ids(all), ElementsAreArray(written));
  }
}

TEST_P(Mentions, AreNoNewsWhereACursorIsFromBeforeTheyWereRead) {
  stage_ = make_stage(GetParam(), clock_);
  FakeHttp http(*stage_);
  const connectors::World world{http, pause_, clock_};
  const auto make = [&] {
    return connectors::network_kind(GetParam())
        ->make(stage_->setup("https://stage.example"), world);
  };
  auto network = make();
  stage_->someone_posts("API-DOWN: old");
  std::string cursor = run(network->fetch("")).value().cursor;
  clock_.advance(std::chrono::seconds(1));
  stage_->someone_posts("API-DOWN: not asked for", by(stage_->colleague()));
  const std::string own = stage_->someone_posts("API-DOWN: while it was stopped");
  stage_->reads_mentions();
  network = make();
  auto fetched = run(network->fetch(cursor));
  ASSERT_TRUE(fetched) << fetched.error().what;
  EXPECT_THAT(ids(fetched->posts), ElementsAre(own)) << "the timeline goes on where it was";
  cursor = fetched->cursor;
  clock_.advance(std::chrono::seconds(1));
  const std::string id = stage_->someone_posts("API-UP: news", by(stage_->colleague()));
  fetched = run(network->fetch(cursor));
  ASSERT_TRUE(fetched) << fetched.error().what;
  EXPECT_THAT(ids(fetched->posts), ElementsAre(id));
}

/// Refuses to show mentions while `denies`.
class Denying final : public net::Http {
 public:
  explicit Denying(net::Http& inner) : inner_(inner) {}
  boost::asio::awaitable<Result<net::Response>> send(net::Request request) override {
    const bool asked = request.url.find("mention") != std::string::npos;
    if (denies && asked) co_return net::Response{403, {}, R"({"error":"outside of the scopes"})"};
    co_return co_await inner_.send(std::move(request));
  }
  bool denies = false;

 private:
  net::Http& inner_;
};

TEST_P(Mentions, ThatAreRefusedDoNotHoldUpTheTimeline) {
  Denying http(http_);
  network_ = connectors::network_kind(GetParam())->make(setup_, {http, pause_, clock_});
  std::string cursor = first_contact();
  const std::string mention = colleague_posts("API-DOWN: mentioned");
  const std::string own = posts("API-UP: on the timeline");
  http.denies = true;
  const auto first = run(network_->fetch(cursor));
  ASSERT_TRUE(first) << first.error().what;
  EXPECT_THAT(ids(first->posts), ElementsAre(own));
  EXPECT_TRUE(first->more);
  const auto told = run(network_->fetch(first->cursor));
  ASSERT_FALSE(told) << "the refusal is told, once the posts are kept";
  EXPECT_EQ(told.error().code, Error::Code::unauthorized);
  http.denies = false;
  cursor = first->cursor;
  EXPECT_THAT(ids(read(cursor)), ElementsAre(mention));
}

TEST_P(Mentions, InAThreadAreGivenOnce) {
  std::string cursor = first_contact();
  const std::string first = posts("API-DOWN: x");
  read(cursor);
  const std::string reply = posts("we are on it", by(stage_->colleague(), first));
  std::vector<Post> all = read(cursor);
  const auto more = run(network_->replies({{setup_.id, first, ""}}));
  ASSERT_TRUE(more) << more.error().what;
  all.insert(all.end(), more->begin(), more->end());
  ASSERT_THAT(ids(all), ElementsAre(reply));
  EXPECT_EQ(all[0].thread, first);
}

}  // namespace
}  // namespace signalbox::testing
