// Whose words count: on every network, only the allowed author's own public ones.
#include <gtest/gtest.h>

#include "tests/support/theatre/theatre.h"

namespace signalbox::testing {
namespace {

using std::chrono::seconds;

class AuthorGate : public ::testing::TestWithParam<const char*> {};

TEST_P(AuthorGate, OnlyTheAllowedAuthorsOwnPublicWordsDriveState) {
  Theatre stage({"API"}, {}, {{"net", GetParam(), true, false}});
  stage.poll_all();
  const char* fake = "API-DOWN: not said by staff";
  for (const Origin origin : {Origin::boost, Origin::quote, Origin::hidden, Origin::bot}) {
    stage.stage("net").someone_posts(fake, {"", origin, ""});
  }
  stage.stage("net").someone_posts(fake, {"4711-stranger", Origin::own, ""});
  stage.pass(seconds(60));
  EXPECT_EQ(stage.state("API"), State::up);
  EXPECT_TRUE(stage.board()->incidents.empty());

  stage.stage("net").someone_posts("API-DOWN: disks caught fire");
  stage.pass(seconds(15));
  EXPECT_EQ(stage.state("API"), State::down);
  ASSERT_EQ(stage.board()->incidents.size(), 1u);
  EXPECT_EQ(stage.board()->incidents.begin()->updates.size(), 1u);
}

class MentionGate : public ::testing::TestWithParam<const char*> {};

TEST_P(MentionGate, OnlyAnAllowedAuthorsMentionDrivesState) {
  Theatre stage({"API"}, {}, {{"net", GetParam(), true, false, true}});
  stage.poll_all();
  const std::string us = stage.stage("net").setup("").handle;
  const std::string colleague = stage.stage("net").colleague();
  const auto mention = [&](const std::string& author, Origin origin, const std::string& text) {
    stage.stage("net").someone_posts("@" + us + " " + text, {author, origin, "", true});
  };
  mention("4711-stranger", Origin::own, "API-DOWN: not said by staff");
  mention(colleague, Origin::boost, "API-DOWN: passed on");
  mention(colleague, Origin::quote, "API-DOWN: quoted");
  stage.pass(seconds(60));
  EXPECT_EQ(stage.state("API"), State::up);
  EXPECT_TRUE(stage.board()->incidents.empty());
  EXPECT_TRUE(stage.said("net").empty()) << "a stranger is not answered either";

  mention(colleague, Origin::own, "API-DOWN: disks caught fire");
  stage.pass(seconds(15));
  EXPECT_EQ(stage.state("API"), State::down);
  ASSERT_EQ(stage.board()->incidents.size(), 1u);
  EXPECT_EQ(stage.board()->incidents.begin()->updates.at(0).text, "disks caught fire");
}

INSTANTIATE_TEST_SUITE_P(Networks, MentionGate, ::testing::Values("mastodon", "twitter"));

INSTANTIATE_TEST_SUITE_P(Networks, AuthorGate, ::testing::Values("mastodon", "slack", "twitter"));

}  // namespace
}  // namespace signalbox::testing
