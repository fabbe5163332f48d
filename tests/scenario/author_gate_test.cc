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
  EXPECT_EQ(stage.board()->incidents[0].updates.size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Networks, AuthorGate, ::testing::Values("mastodon", "slack", "twitter"));

}  // namespace
}  // namespace signalbox::testing
