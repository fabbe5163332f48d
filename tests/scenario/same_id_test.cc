// The same id posted twice: the same result for the same text, a refusal for another one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/conformance/store/subject.h"
#include "tests/support/theatre/theatre.h"

namespace signalbox::testing {
namespace {

using ::testing::HasSubstr;

TEST(SameId, GivesTheSameResultForTheSameTextOnly) {
  store::testing::Scratch scratch;
  Theatre stage({"API"}, {}, {}, "sqlite:" + scratch.path("ledger.db"));
  const std::string first = stage.say("API-DOWN: disks", "night-1");
  EXPECT_THAT(first, HasSubstr("\"verdict\":\"applied\""));
  EXPECT_EQ(stage.say("API-DOWN: disks", "night-1"), first);
  const std::string refused = stage.say("API-UP: all well", "night-1");
  EXPECT_THAT(refused, HasSubstr("error: the id 'night-1' was given to another text before"));
  EXPECT_EQ(stage.state("API"), State::down);
  stage.crash();
  EXPECT_EQ(stage.say("API-DOWN: disks", "night-1"), first) << "also after a restart";
  EXPECT_THAT(stage.say("API-UP: all well", "night-1"), HasSubstr("error: "));
  ASSERT_EQ(stage.board()->incidents.size(), 1u);
}

}  // namespace
}  // namespace signalbox::testing
