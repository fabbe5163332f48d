#include "publish/s3.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "publish/s3_listing.h"
#include "tests/support/fake_clock.h"
#include "tests/support/scripted_server.h"

namespace signalbox::publish {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

TEST(S3Address, APageIsKeptUnderItsAddressToo) {
  EXPECT_EQ(address_of("history.html"), "history");
  EXPECT_EQ(address_of("services/a.b.html"), "services/a.b");
  EXPECT_EQ(address_of("de/index.html"), "de/");
  EXPECT_EQ(address_of("index.html"), "");
  EXPECT_EQ(address_of("api/board.json"), "");
  EXPECT_EQ(address_of("services/x.json"), "");
}

/// What a bucket's answer to a DELETE comes to.
Status removed(const std::string& answer) {
  testing::ScriptedServer server([&](const std::string&) { return testing::Script{answer}; });
  testing::FakeClock clock;
  S3Settings settings{server.url(), "status", "", {"KEY", Secret("secret"), {}, "eu-west-1", "s3"}};
  return s3_mirror(std::move(settings), "no-manifest", clock)->remove({"badge.svg"});
}

TEST(S3Mirror, WhatIsNotThereIsTakenAwayWell) {
  const std::string head = "HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n<Error><Code>";
  EXPECT_TRUE(removed("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
  EXPECT_TRUE(removed(head + "NoSuchKey</Code></Error>"));
  const Status nowhere = removed(head + "NoSuchBucket</Code></Error>");
  ASSERT_FALSE(nowhere);
  EXPECT_THAT(nowhere.error().what, HasSubstr("(NoSuchBucket)"));
}

TEST(S3Listing, GivesKeysAndTags) {
  const auto listing = read_listing(
      "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
      "<Name>b</Name><Prefix>p</Prefix><IsTruncated>true</IsTruncated>"
      "<Contents><Key>p/a%20%C3%84.html</Key><ETag>&quot;12&quot;</ETag><Size>3</Size></Contents>"
      "<Contents><Key>p/b&amp;c</Key><Size>3</Size></Contents>"
      "<NextContinuationToken>t&amp;1</NextContinuationToken></ListBucketResult>");
  ASSERT_TRUE(listing);
  EXPECT_THAT(listing->tags, ElementsAre(Pair("p/a Ä.html", "\"12\""), Pair("p/b&c", "")));
  EXPECT_EQ(listing->next, "t&1");
}

TEST(S3Listing, AnEmptyBucketIsOneToo) {
  const auto listing =
      read_listing("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
  ASSERT_TRUE(listing);
  EXPECT_TRUE(listing->tags.empty());
  EXPECT_EQ(listing->next, "");
}

TEST(S3Listing, NonsenseIsCorrupt) {
  for (const char* body : {"", "<html>", "<ListBucketResult><Contents><ETag>1</ETag></Contents>",
                           "<ListBucketResult><IsTruncated>true</IsTruncated>"}) {
    ASSERT_FALSE(read_listing(body)) << body;
    EXPECT_EQ(read_listing(body).error().code, Error::Code::corrupt);
  }
}

}  // namespace
}  // namespace signalbox::publish
