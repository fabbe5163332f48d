// What `store:` in the configuration may say, and what it finds.
#include "store/open.h"

#include <gmock/gmock.h>

#include <fstream>

#include "tests/conformance/store/subject.h"

namespace signalbox::store {
namespace {

using testing::batch;
using ::testing::HasSubstr;
using testing::Scratch;
using Code = Error::Code;

TEST(Open, KnowsItsKinds) {
  const Scratch scratch;
  EXPECT_TRUE(open("memory:"));
  EXPECT_TRUE(open("sqlite:" + scratch.path("db")));
  EXPECT_TRUE(std::filesystem::exists(scratch.path("db")));
  EXPECT_TRUE(std::filesystem::exists(scratch.path("db-readings")));
}

TEST(Open, RefusesOtherKindsWithoutRepeatingTheirSecrets) {
  for (const std::string url :
       {"", "sqlite:", "sqlite", "memory:x", "postgresql://joe:hunter2@db"}) {
    for (const Code code : {open(url).error().code, open_archive(url).error().code}) {
      EXPECT_EQ(code, Code::invalid) << url;
    }
    EXPECT_THAT(open(url).error().what, ::testing::Not(HasSubstr("hunter2")));
    EXPECT_THAT(open(url).error().what, HasSubstr("sqlite:PATH"));
  }
}

TEST(Open, AMissingFolderIsNamed) {
  const Scratch scratch;
  const auto store = open("sqlite:" + scratch.path("no/such/db"));
  ASSERT_FALSE(store);
  EXPECT_THAT(store.error().what, HasSubstr(scratch.path("no/such/db")));
}

TEST(Open, AnEmptiedLedgerIsNotTakenForANewOne) {
  const Scratch scratch;
  const std::string url = "sqlite:" + scratch.path("db");
  open(url).value().reset();
  std::ofstream(scratch.path("db"), std::ios::trunc).flush();
  const auto store = open(url);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, Code::corrupt);
  EXPECT_THAT(store.error().what, HasSubstr("is empty although"));
}

TEST(Open, ReadingsBeginAnewWhenTheirFileIsGone) {
  const Scratch scratch;
  const std::string url = "sqlite:" + scratch.path("db");
  ASSERT_TRUE(open(url).value()->keep(batch(1)).ok());
  std::filesystem::remove(scratch.path("db-readings"));
  EXPECT_EQ(*open(url).value()->last_seq(), 1U);
}

TEST(Archive, ReadsBesideTheWriterAndSeesWhatIsCommitted) {
  const Scratch scratch;
  const std::string url = "sqlite:" + scratch.path("db");
  const auto store = open(url).value();
  ASSERT_TRUE(store->keep(batch(1)).ok());
  const auto archive = open_archive(url).value();
  EXPECT_EQ(*archive->rows(0, 10), *store->rows(0, 10));
  ASSERT_TRUE(store->keep(batch(2)).ok());
  EXPECT_EQ(archive->rows(1, 10)->size(), 1U);
}

TEST(Archive, FindsTheIncidentsOfAStretch) {
  const Scratch scratch;
  const std::string url = "sqlite:" + scratch.path("db");
  const auto store = open(url).value();
  Batch kept = batch(1);
  const std::string two = R"({"opened":20,"resolved":40})";
  const std::string one = R"({"opened":10,"resolved":30})";
  kept.incidents = {{"b", two}, {"a", one}, {"c", "no JSON"}};
  ASSERT_TRUE(store->keep(kept).ok());
  const auto archive = open_archive(url).value();
  const auto between = [&](int from, int to) {
    return *archive->incidents(Time(Duration(from)), Time(Duration(to)));
  };
  EXPECT_EQ(between(0, 100), (std::vector<std::string>{one, two}));
  EXPECT_EQ(between(11, 20), std::vector<std::string>{one}) << "an end is not in it";
  EXPECT_EQ(between(31, 100), std::vector<std::string>{two});
  EXPECT_EQ(between(30, 31), (std::vector<std::string>{one, two})) << "resolved in it";
  EXPECT_TRUE(between(41, 100).empty());
}

TEST(Archive, OfMemoryHoldsNothing) {
  EXPECT_TRUE(open_archive("memory:").value()->incidents(Time{}, Time::max())->empty());
  EXPECT_TRUE(open_archive("memory:").value()->rows(0, 10)->empty());
}

}  // namespace
}  // namespace signalbox::store
