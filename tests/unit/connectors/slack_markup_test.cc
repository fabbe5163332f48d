#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "connectors/slack/markup.h"
#include "connectors/slack/message.h"
#include "connectors/slack/ts.h"
#include "tests/unit/connectors/shared_data.h"

namespace signalbox::connectors::slack {
namespace {

TEST(SlackMarkup, BecomesWhatItsAuthorMeant) {
  const std::pair<std::string, std::string> table[] = {
      {"API-DOWN: disks &lt;b&gt; &amp;amp; fire", "API-DOWN: disks <b> &amp; fire"},
      {"*API-DOWN: all of it*", "API-DOWN: all of it"},
      {"*API-DOWN*: _bad_ `deploy`", "API-DOWN: bad `deploy`"},
      {"API_V2_X-DOWN: snake_case_stays", "API_V2_X-DOWN: snake_case_stays"},
      {"5 * 3 * 2 and 2*3*4", "5 * 3 * 2 and 2*3*4"},
      {"<http://api.com|api.com>-DOWN: gone", "api.com-DOWN: gone"},
      {"API-ISSUE: see <https://x.example/a_b_c?a=1&amp;b=2>",
       "API-ISSUE: see https://x.example/a_b_c?a=1&b=2"},
      {"see <https://x.example/r|the *report*>", "see the *report* (https://x.example/r)"},
      {"<mailto:ops@x.example|ops@x.example>", "ops@x.example"},
      {"<@U1|ann> and <@U2> in <#C1|general>, <!here> <!subteam^S1|@web>",
       "@ann and @U2 in #general, @here @web"},
      {"<!date^1392734382^{date}|Feb 18>", "Feb 18"},
      {"`API-DOWN: copied`", "API-DOWN: copied"},
      {"```API-DOWN: in code```", "API-DOWN: in code"},
      {"&gt; API-DOWN: quoted", "> API-DOWN: quoted"},
      {"~API-DOWN: taken back~", "~API-DOWN: taken back~"},
      {"a < b, unclosed <@U1", "a < b, unclosed <@U1"},
      {"&amp;lt;!channel&amp;gt;", "&lt;!channel&gt;"},
      {"<>", ""},
      {"", ""},
  };
  for (const auto& [markup, text] : table) EXPECT_EQ(plain(markup), text) << markup;
}

TEST(SlackMarkup, ComesBackAsItWasSent) {
  for (const std::string text :
       {"a & b < c > d", "<!channel> <@U1> &lt;", "API-ISSUE: 97.3 % of 12,400 requests"}) {
    EXPECT_EQ(plain(escaped(text)), text);
    EXPECT_EQ(escaped(text).find('<'), std::string::npos);
  }
}

TEST(SlackMarkup, FindsALeadingMentionOnly) {
  EXPECT_EQ(leading_mention(" <@U1|bot>: API-UP: ok").id, "U1");
  EXPECT_EQ(leading_mention(" <@U1|bot>: API-UP: ok").name, "bot");
  EXPECT_EQ(leading_mention(" <@U1|bot>: API-UP: ok").rest, "API-UP: ok");
  EXPECT_EQ(leading_mention("<@U1>API-UP: ok").rest, "API-UP: ok");
  EXPECT_EQ(leading_mention("hi <@U1>").id, "");
  EXPECT_EQ(leading_mention("<@U1").id, "");
}

TEST(SlackMarkup, SurvivesHostileStrings) {
  const auto all = testing::shared_json("hostile/blns.json");
  if (!all) GTEST_SKIP() << "skipped, because the shared data is not here";
  for (const auto& one : *all) {
    const std::string text = one.get<std::string>();
    plain(text);
    leading_mention(text);
  }
}

TEST(SlackTs, IsTwoWholeNumbers) {
  EXPECT_TRUE(later("1795223574.000003", "1795223574.000002"));
  EXPECT_TRUE(later("1795223574.100000", "1795223574.099999"));
  EXPECT_TRUE(later("10000000000.000001", "9999999999.999999"));
  EXPECT_FALSE(later("1795223574.000003", "1795223574.000003"));
  EXPECT_TRUE(later("1.000001", ""));
  EXPECT_FALSE(later("nonsense", "1.000001"));
  for (const char* bad : {"", ".", "-1.5", "1e9.1", "1.0000001", "99999999999999999999.1"}) {
    EXPECT_FALSE(read_ts(bad)) << bad;
  }
  EXPECT_EQ(iso(instant(*read_ts("1795223574.123999"))), "2026-11-21T01:12:54.123Z");
}

TEST(SlackMessage, TellsApartWhatRealPayloadsAre) {
  const auto lines = testing::shared_lines("slack/messages.jsonl");
  if (lines.empty()) GTEST_SKIP() << "skipped, because the shared data is not here";
  int own = 0;
  int bots = 0;
  for (const std::string& line : lines) {
    const nlohmann::json answer = {{"messages", {nlohmann::json::parse(line)}}};
    const auto page = read_page(answer, "test");
    ASSERT_TRUE(page) << line;
    const Message& message = page->messages.at(0);
    const bool plain_one = line.find("\"subtype\"") == std::string::npos;
    const bool counts =
        !message.housekeeping() && !message.tombstone() && origin_of(message, {}) == Origin::own;
    EXPECT_EQ(counts, plain_one && message.bot.empty()) << line;
    own += counts ? 1 : 0;
    bots += origin_of(message, {}) == Origin::bot ? 1 : 0;
  }
  EXPECT_EQ(own, 4);
  EXPECT_EQ(bots, 2);
}

TEST(SlackMessage, ReadsTheCapturedHistory) {
  const auto answer = testing::shared_json("captures/slack-conversations.history.json");
  if (!answer) GTEST_SKIP() << "skipped, because the shared data is not here";
  const auto page = read_page(*answer, "test");
  ASSERT_TRUE(page);
  ASSERT_EQ(page->messages.size(), 3U);
  EXPECT_EQ(page->messages[2].edited, "1795223574.000006");
  EXPECT_EQ(page->messages[2].thread, "");
}

}  // namespace
}  // namespace signalbox::connectors::slack
