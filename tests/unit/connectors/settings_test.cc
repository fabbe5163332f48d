#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/connector.h"

namespace signalbox::connectors {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Settings some() {
  return Settings({{"token", {"t0k", {}, 3, 5}},
                   {"poll", {"10s", {}, 4, 5}},
                   {"bad", {"soon", {}, 5, 7}},
                   {"yes", {"true", {}, 6, 1}},
                   {"no", {"false", {}, 7, 1}},
                   {"list", {"", {"a", "b"}, 8, 1}},
                   {"empty", {"", {}, 9, 1}}});
}

TEST(Settings, GivesValuesAndDefaults) {
  const Settings settings = some();
  EXPECT_EQ(settings.text("token"), "t0k");
  EXPECT_EQ(settings.text("absent", "x"), "x");
  EXPECT_EQ(settings.secret("token").reveal(), "t0k");
  EXPECT_EQ(settings.duration("poll", Duration(1)), std::chrono::seconds(10));
  EXPECT_EQ(settings.duration("absent", Duration(1)), Duration(1));
  EXPECT_TRUE(settings.flag("yes", false));
  EXPECT_FALSE(settings.flag("no", true));
  EXPECT_TRUE(settings.flag("absent", true));
  EXPECT_THAT(settings.find("list")->list, ElementsAre("a", "b"));
  EXPECT_THAT(settings.mistakes(), IsEmpty());
}

TEST(Settings, NamesThePlaceOfEveryMistakeOnce) {
  const Settings settings = some();
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(settings.duration("bad", Duration(1)), Duration(1));
    EXPECT_TRUE(settings.flag("bad", true));
    settings.require("gone");
    settings.require("empty");
    EXPECT_EQ(settings.text("list", "x"), "x");
  }
  ASSERT_EQ(settings.mistakes().size(), 5u);
  EXPECT_EQ(settings.mistakes()[0].key, "bad");
  EXPECT_EQ(settings.mistakes()[0].line, 5);
  EXPECT_EQ(settings.mistakes()[0].column, 7);
  EXPECT_EQ(settings.mistakes()[2].key, "gone");
  EXPECT_EQ(settings.mistakes()[2].line, 0);
  EXPECT_EQ(settings.mistakes()[3].line, 9);
}

TEST(Settings, KnowsWhichKeysNobodyAskedFor) {
  const Settings settings = some();
  settings.text("token");
  settings.duration("poll", Duration(1));
  settings.find("list");
  settings.find("absent");
  EXPECT_THAT(settings.unknown(), ElementsAre("bad", "empty", "no", "yes"));
}

}  // namespace
}  // namespace signalbox::connectors
