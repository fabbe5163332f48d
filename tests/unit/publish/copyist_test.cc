#include "publish/copyist.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/publish/fake_mirror.h"

namespace signalbox::publish {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct CopyistTest : testing::Test {
  CopyistTest() {
    content.listed = {"a", "b", "index"};
    content.bodies = {{"a", "A"}, {"b", "B"}, {"index", "I"}};
  }
  Status bring_all(Copyist& copyist) {
    if (const Status known = copyist.open(); !known) return known;
    if (const Status done = copyist.bring(content, content.names()); !done) return done;
    if (const Status done = copyist.clear(content); !done) return done;
    return copyist.finish(content, true);
  }
  FakeMirror mirror;
  FakeContent content;
};

TEST_F(CopyistTest, WritesInOrderAndSaysAsOfWhenLast) {
  Copyist copyist(mirror);
  ASSERT_TRUE(bring_all(copyist));
  EXPECT_THAT(mirror.puts, ElementsAre("a", "b", "index", "as_of.json"));
  EXPECT_TRUE(copyist.whole());
  EXPECT_EQ(mirror.seals, 1);
}

TEST_F(CopyistTest, WritesOnlyWhatDiffersAndKeepsTheTimeOfTheOthers) {
  Copyist copyist(mirror);
  ASSERT_TRUE(bring_all(copyist));
  mirror.puts.clear();
  content.as_of = "2";
  content.bodies["b"] = "B2";
  ASSERT_TRUE(bring_all(copyist));
  EXPECT_THAT(mirror.puts, ElementsAre("b", "as_of.json"));
  EXPECT_EQ(mirror.files["a"], "A as of 1");
  EXPECT_EQ(mirror.files["b"], "B2 as of 2");
}

TEST_F(CopyistTest, AnotherOneGoesOnFromTheManifest) {
  Copyist first(mirror);
  ASSERT_TRUE(bring_all(first));
  mirror.puts.clear();
  Copyist second(mirror);
  ASSERT_TRUE(bring_all(second));
  EXPECT_THAT(mirror.puts, IsEmpty());
}

TEST_F(CopyistTest, TakesAwayWhatIsNoMore) {
  Copyist copyist(mirror);
  ASSERT_TRUE(bring_all(copyist));
  mirror.files["foreign"] = "not ours";
  content.listed = {"a", "index"};
  content.bodies.erase("b");
  ASSERT_TRUE(bring_all(copyist));
  EXPECT_FALSE(mirror.files.contains("b"));
  EXPECT_TRUE(mirror.files.contains("foreign"));
  EXPECT_EQ(copyist.carried().removed, 1U);
}

TEST_F(CopyistTest, LeavesWhatIsOnlyNoLongerListed) {
  Copyist copyist(mirror);
  ASSERT_TRUE(bring_all(copyist));
  content.listed = {"a", "index"};
  ASSERT_TRUE(bring_all(copyist));
  EXPECT_TRUE(mirror.files.contains("b"))
      << "an incident older than the board's is still to be read";
}

TEST_F(CopyistTest, WhatIsNoLongerListedIsLookedAtOnceAndWhenToldTo) {
  Copyist copyist(mirror);
  ASSERT_TRUE(bring_all(copyist));
  content.listed = {"a", "index"};
  content.bodies["b"] = "B as it grew old";
  ASSERT_TRUE(bring_all(copyist));
  EXPECT_EQ(mirror.files["b"], "B as it grew old as of 1");
  content.bodies["b"] = "B with less";
  ASSERT_TRUE(bring_all(copyist));
  EXPECT_EQ(mirror.files["b"], "B as it grew old as of 1") << "not asked for in each round";
  copyist.look_again();
  ASSERT_TRUE(bring_all(copyist));
  EXPECT_EQ(mirror.files["b"], "B with less as of 1");
  content.bodies.erase("b");
  copyist.look_again();
  ASSERT_TRUE(bring_all(copyist));
  EXPECT_FALSE(mirror.files.contains("b"));
}

TEST_F(CopyistTest, WhatIsNoLongerListedIsLookedAtWhenOthersWent) {
  Copyist copyist(mirror);
  ASSERT_TRUE(bring_all(copyist));
  content.listed = {"index"};
  ASSERT_TRUE(bring_all(copyist));
  content.bodies.erase("a");
  copyist.look_again();
  ASSERT_TRUE(bring_all(copyist));
  content.bodies["b"] = "B that leads to no a";
  ASSERT_TRUE(bring_all(copyist));
  EXPECT_EQ(mirror.files["b"], "B that leads to no a as of 1");
}

TEST_F(CopyistTest, WhatIsNoLongerListedAndFailedIsKnownStill) {
  Copyist copyist(mirror);
  ASSERT_TRUE(bring_all(copyist));
  content.listed = {"a", "index"};
  content.bodies["b"] = "B2";
  mirror.failures = 1;
  EXPECT_FALSE(bring_all(copyist));
  ASSERT_TRUE(bring_all(copyist));
  EXPECT_EQ(mirror.files["b"], "B2 as of 1");
  content.bodies["b"] = "B3";
  copyist.look_again();
  mirror.failures = 1;
  EXPECT_FALSE(bring_all(copyist));
  content.bodies.erase("b");
  ASSERT_TRUE(bring_all(copyist));
  EXPECT_FALSE(mirror.files.contains("b"));
}

TEST_F(CopyistTest, WhatFailedIsWrittenAgainAlsoWhenItIsAsItWasBefore) {
  Copyist copyist(mirror);
  ASSERT_TRUE(bring_all(copyist));
  content.bodies["a"] = "A2";
  mirror.failures = 1;
  EXPECT_FALSE(bring_all(copyist));
  content.bodies["a"] = "A";
  mirror.files["a"] = "A2 as of 1";  // it had come through
  ASSERT_TRUE(bring_all(copyist));
  EXPECT_EQ(mirror.files["a"], "A as of 1");
}

TEST_F(CopyistTest, IsNotWholeBeforeAllOfItIsSeen) {
  Copyist copyist(mirror);
  mirror.failing_seals = 1;
  EXPECT_FALSE(bring_all(copyist));
  EXPECT_FALSE(copyist.whole());
  ASSERT_TRUE(bring_all(copyist));
  EXPECT_TRUE(copyist.whole());
}

TEST_F(CopyistTest, HandsOverLotsOfBoundedSize) {
  content.listed.clear();
  for (int n = 0; n < 100; ++n) {
    const std::string name = "n" + std::to_string(n);
    content.listed.push_back(name);
    content.bodies[name] = name;
  }
  Copyist copyist(mirror);
  ASSERT_TRUE(copyist.open());
  mirror.failures = 1;
  EXPECT_FALSE(copyist.bring(content, content.names()));
  EXPECT_THAT(mirror.puts, IsEmpty());
  ASSERT_TRUE(copyist.bring(content, content.names()));
  EXPECT_EQ(mirror.puts.size(), 100U);
}

}  // namespace
}  // namespace signalbox::publish
