#include <gtest/gtest.h>

#include "connectors/twitter/tweet.h"
#include "tests/unit/connectors/shared_data.h"

namespace signalbox::connectors::twitter {
namespace {

using nlohmann::json;

Tweet one(const json& entry) {
  return read_tweets({{"data", json::array({entry})}}, "test").value().all.at(0);
}

TEST(Tweet, IdsAreComparedAsNumbersTooBigForDoubles) {
  EXPECT_TRUE(newer("10000000000000000000", "9999999999999999999"));
  EXPECT_TRUE(newer("9007199254740993", "9007199254740992"));
  EXPECT_FALSE(newer("9007199254740993", "9007199254740993"));
  EXPECT_TRUE(newer("1", "0"));
  EXPECT_TRUE(newer("1", ""));
  EXPECT_FALSE(newer("0", ""));
  EXPECT_EQ(iso(*time_of("1456012973835788293")).substr(0, 10), "2021-11-03");
}

TEST(Tweet, DecodesOnceAndGivesLinksBack) {
  const json entry = {
      {"id", "7"},
      {"text", "API-DOWN: a &lt; b &amp;lt; see https://t.co/x"},
      {"entities",
       {{"urls",
         {{{"url", "https://t.co/x"}, {"expanded_url", "https://y.example/?a=1&amp;b"}}}}}}};
  EXPECT_EQ(one(entry).text, "API-DOWN: a < b &lt; see https://y.example/?a=1&amp;b");
}

TEST(Tweet, ReadsOldAndNewNames) {
  const json old_names = {{"id", "9"},
                          {"text", "cut…"},
                          {"note_tweet", {{"text", "whole &amp; long"}}},
                          {"edit_history_tweet_ids", {"8", "9"}},
                          {"referenced_tweets", {{{"type", "replied_to"}, {"id", "5"}}}}};
  const json new_names = {{"id", "9"},
                          {"text", "cut…"},
                          {"note_post", {{"text", "whole &amp; long"}}},
                          {"edit_history_post_ids", {"8", "9"}},
                          {"referenced_posts", {{{"type", "replied_to"}, {"id", "5"}}}}};
  for (const json& entry : {old_names, new_names}) {
    const Tweet tweet = one(entry);
    EXPECT_EQ(tweet.text, "whole & long");
    EXPECT_EQ(tweet.history, (std::vector<std::string>{"8", "9"}));
    EXPECT_EQ(tweet.replies_to, "5");
  }
}

TEST(Tweet, KnowsBoostsAndQuotes) {
  const auto of = [](const char* type) {
    return one({{"id", "1"}, {"referenced_tweets", {{{"type", type}, {"id", "5"}}}}}).origin;
  };
  EXPECT_EQ(of("retweeted"), Origin::boost);
  EXPECT_EQ(of("quoted"), Origin::quote);
  EXPECT_EQ(of("replied_to"), Origin::own);
}

TEST(Tweet, AcceptsEmptyPagesOfBothKindsAndErrorsBesideData) {
  EXPECT_TRUE(read_tweets({{"data", json::array()}, {"meta", json::object()}}, "t").has_value());
  EXPECT_TRUE(read_tweets({{"meta", {{"result_count", 0}}}}, "t").has_value());
  const json both = {{"data", {{{"id", "1"}, {"text", "x"}}}},
                     {"errors", {{{"value", "2"}, {"title", "Not Found Error"}}}}};
  const auto read = read_tweets(both, "t");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->all.size(), 1U);
  EXPECT_EQ(read->missing, (std::vector<std::string>{"2"}));
}

TEST(Tweet, RefusesOtherShapes) {
  for (const json& bad : {json(42), json::array(), json::object(), json{{"data", 7}},
                          json{{"data", {{{"id", 7}}}}}, json{{"data", {"x"}}}}) {
    const auto read = read_tweets(bad, "t");
    ASSERT_FALSE(read) << bad;
    EXPECT_EQ(read.error().code, Error::Code::corrupt);
  }
}

TEST(Tweet, ReadsCapturedTimelines) {
  const auto answer = signalbox::testing::shared_json("captures/x-users-tweets.json");
  if (!answer) GTEST_SKIP() << "skipped, because the shared data is not here";
  const auto read = read_tweets(*answer, "t");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->all.size(), 5U);
  EXPECT_EQ(read->next_token, "AAAAAAAAAAUAAAAAawD0Uw==");
  const auto lines = signalbox::testing::shared_lines("twitter/test_client_get_users_tweets.jsonl");
  ASSERT_EQ(lines.size(), 1U);
  const auto recorded = read_tweets(json::parse(lines[0])["response"]["json"], "t");
  ASSERT_TRUE(recorded);
  EXPECT_EQ(recorded->all.at(0).id, "1577730467436138524");
}

TEST(SameWords, ForgiveWhatTheNetworkRewrites) {
  EXPECT_TRUE(same_words("API-DOWN: see https://a.example", "API-DOWN: see  http://a.example/"));
  EXPECT_TRUE(same_words("API-DOWN: x", "@ann @bob API-DOWN: x"));
  EXPECT_FALSE(same_words("API-DOWN: 04:12", "API-DOWN: 04:13"));
  EXPECT_TRUE(same_words("\u30AB\u3099 e\u0301", "\u30AC \u00E9"));
}

}  // namespace
}  // namespace signalbox::connectors::twitter
