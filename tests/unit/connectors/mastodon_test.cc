#include "connectors/mastodon/mastodon.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "connectors/mastodon/html_text.h"
#include "connectors/mastodon/same_text.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_http.h"
#include "tests/support/run.h"
#include "tests/support/shared_material.h"

namespace signalbox::connectors::mastodon {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using testing::run;

const Reader kReader{"fedi", "1", *parse_iso("2026-11-21T04:00:00Z")};

TEST(MastodonHtml, BecomesTheTextThatWasTyped) {
  const std::pair<const char*, const char*> kTable[] = {
      {"", ""},
      {"<p></p>", ""},
      {"plain", "plain"},
      {"<p>API-ISSUE: The &lt;b&gt;API&lt;/b&gt; is &amp; \"slow\"<br>second line</p>",
       "API-ISSUE: The <b>API</b> is & \"slow\"\nsecond line"},
      {"<p>one</p><p>two<br/>three</p>", "one\n\ntwo\nthree"},
      {"<p>a<br><br>b</p>", "a\n\nb"},
      {"<p>&amp;lt; stays once decoded</p>", "&lt; stays once decoded"},
      {"<p>x<script>alert(1)</script><style>p{}</style>y</p>", "xy"},
      {"<ul><li>a</li><li>b</li></ul>", "a\nb"},
      {"<p>API-DOWN: a\xC2\xA0"
       "b  c\n d</p>",
       "API-DOWN: a\xC2\xA0"
       "b c d"},
      {"<p>cut <b>open", "cut open"},
      {"<p><span class=\"h-card\"><a href=\"https://h/@bob\" class=\"u-url mention\">@<span>bob"
       "</span></a></span> API-UP: ok</p>",
       "@bob API-UP: ok"},
      {"<a href=\"https://e.com/a?b=1&amp;c\"><span class=\"invisible\">https://</span>"
       "<span class=\"ellipsis\">e.com/a</span><span class=\"invisible\">?b=1&amp;c</span></a>",
       "https://e.com/a?b=1&c"},
  };
  for (const auto& [html, text] : kTable) EXPECT_EQ(html_text(html), text) << html;
}

TEST(MastodonHtml, SurvivesWhatNoClientWrites) {
  std::string deep;
  for (int i = 0; i < 20'000; ++i) deep += "<b>";
  EXPECT_EQ(html_text(deep + "x"), "");
  EXPECT_LE(html_text("<p>" + std::string(1 << 20, 'x')).size(), 64u << 10);
  for (const char* odd : {"<", "<!--", "<![CDATA[x", "&#x110000;", "\xff\xfe", "</p></p>"}) {
    html_text(odd);
  }
}

TEST(MastodonText, IsTheSameButForSpaceAndAMentionsHost) {
  EXPECT_TRUE(same_text("a  b\nc ", " a b c"));
  EXPECT_TRUE(same_text("@bob@h.example hi", "@bob hi"));
  EXPECT_FALSE(same_text("API-DOWN: x", "API-DOWN: X"));
  EXPECT_FALSE(same_text("a b", "ab"));
  EXPECT_TRUE(same_text("\u1112\u1161\u11AB e\u0301", "\uD55C \u00E9"));
}

json status(const json& more) {
  json all = {{"id", "7"},
              {"visibility", "public"},
              {"content", "<p>API-DOWN: x</p>"},
              {"created_at", "2026-11-21T03:59:00Z"},
              {"account", {{"id", "1"}, {"bot", false}}}};
  all.merge_patch(more);
  return all;
}

TEST(MastodonStatus, LetsOnlyItsAuthorsOwnPublicWordsDriveState) {
  const std::pair<json, Origin> kTable[] = {
      {json::object(), Origin::own},
      {{{"visibility", "unlisted"}}, Origin::own},
      {{{"visibility", "private"}}, Origin::hidden},
      {{{"visibility", "direct"}}, Origin::hidden},
      {{{"visibility", "local"}}, Origin::hidden},
      {{{"visibility", nullptr}}, Origin::hidden},
      {{{"reblog", {{"id", "8"}}}}, Origin::boost},
      {{{"reblog", {{"id", "8"}}}, {"visibility", "private"}}, Origin::boost},
      {{{"quote", {{"state", "accepted"}}}}, Origin::quote},
      {{{"quote_id", "9"}}, Origin::quote},
      {{{"account", {{"id", "1"}, {"bot", true}}}}, Origin::own},
      {{{"account", {{"id", "2"}, {"bot", true}}}}, Origin::bot},
  };
  for (const auto& [more, origin] : kTable) {
    const auto post = read_status(status(more), kReader);
    ASSERT_TRUE(post) << more;
    EXPECT_EQ(post->origin, origin) << more;
  }
}

TEST(MastodonStatus, IsCorruptWithoutIdOrAuthor) {
  for (const json& odd :
       {json(), json(7), json::array(), json::object(), status({{"id", nullptr}}),
        status({{"id", 7}}), status({{"account", nullptr}}), status({{"account", {{"id", 1}}}})}) {
    const auto post = read_status(odd, kReader);
    ASSERT_FALSE(post) << odd;
    EXPECT_EQ(post.error().code, Error::Code::corrupt);
  }
}

TEST(MastodonStatus, TakesAnythingElseForAbsent) {
  const auto post = read_status(status({{"content", 5},
                                        {"created_at", "yesterday"},
                                        {"url", "javascript:alert(1)"},
                                        {"edited_at", 3},
                                        {"in_reply_to_id", false}}),
                                kReader);
  ASSERT_TRUE(post);
  EXPECT_EQ(post->text, "");
  EXPECT_EQ(post->at, kReader.now);
  EXPECT_EQ(post->url, "");
  EXPECT_EQ(post->revision, "");
  EXPECT_EQ(post->thread, "");
}

TEST(MastodonPayloads, OfRunningServersAreUnderstood) {
  const std::string one = testing::shared_material("captures/mastodon-status.json");
  if (one.empty()) GTEST_SKIP() << "skipped, because the recorded payloads are not here";
  const auto post = read_status(json::parse(one), kReader);
  ASSERT_TRUE(post);
  EXPECT_EQ(post->text,
            "API-ISSUE: The <b>API</b> is & \"slow\"\nsecond line https://example.com/x?a=1&b=2 "
            "#API @bob");
  EXPECT_EQ(post->author, "01TJ7CT5EF55975GEZD8JPXMGB");
  const auto boosts = read_page(
      json::parse(testing::shared_material("captures/mastodon-reblog.json")), kReader, "");
  ASSERT_TRUE(boosts);
  EXPECT_EQ(boosts->at(0).origin, Origin::boost);
}

TEST(MastodonPayloads, OfNotificationsAreUnderstood) {
  int mentions = 0;
  for (const std::string& line :
       testing::shared_lines("mastodon/test_notifications_mentions_only.jsonl")) {
    const json answer = json::parse(line)["response"].value("json", json());
    if (!answer.is_array() || answer.empty()) continue;
    const auto entries = read_notifications(answer, {"fedi", "117020565966271181", {}}, "test");
    ASSERT_TRUE(entries) << line.substr(0, 200);
    for (const Entry& entry : *entries) {
      ASSERT_TRUE(entry.post);
      EXPECT_NE(entry.id, entry.post->id) << "paged by the notification's id";
      EXPECT_EQ(entry.post->text, "hello!") << "without the mention of us";
      EXPECT_TRUE(entry.post->addressed);
      ++mentions;
    }
  }
  if (mentions == 0) GTEST_SKIP() << "skipped, because the recorded payloads are not here";
}

TEST(MastodonNotifications, ThatAreNoMentionsCountForPagingOnly) {
  const json mention = {{"id", "3"}, {"type", "mention"}, {"status", status(json::object())}};
  const json follow = {{"id", "4"}, {"type", "follow"}, {"status", status(json::object())}};
  const json empty = {{"id", "5"}, {"type", "mention"}, {"status", nullptr}};
  const auto entries = read_notifications({empty, follow, mention}, kReader, "test");
  ASSERT_TRUE(entries);
  ASSERT_EQ(entries->size(), 3u);
  EXPECT_EQ(entries->at(0).post->id, "7") << "oldest first";
  EXPECT_FALSE(entries->at(1).post || entries->at(2).post);
  EXPECT_FALSE(read_notifications({{{"type", "mention"}}}, kReader, "test"));
  EXPECT_FALSE(read_notifications(json::object(), kReader, "test"));
}

TEST(MastodonPayloads, OfMastodonItselfAreUnderstood) {
  int statuses = 0;
  int quotes = 0;
  int edits = 0;
  int hidden = 0;
  for (const char* name :
       {"test_fetch_next_previous", "test_status_edit", "test_status_post_Content_warning_direct_",
        "test_status_post_with_quote", "test_status_reblog_unreblog", "test_status_reply"}) {
    for (const std::string& line :
         testing::shared_lines("mastodon/" + std::string(name) + ".jsonl")) {
      const json exchange = json::parse(line);
      if (exchange["request"]["method"] == "DELETE") continue;
      json answer = exchange["response"].value("json", json());
      if (answer.is_object() && answer.contains("content")) answer = json::array({answer});
      if (!answer.is_array() || !answer[0].contains("visibility")) continue;
      const auto posts = read_page(answer, kReader, "test");
      ASSERT_TRUE(posts) << line.substr(0, 200);
      for (const Post& post : *posts) {
        ++statuses;
        quotes += post.origin == Origin::quote;
        hidden += post.origin == Origin::hidden;
        edits += post.revision.empty() ? 0 : 1;
        EXPECT_EQ(post.text.find('<'), std::string::npos) << post.text;
        EXPECT_THAT(post.url, HasSubstr(post.id));
        EXPECT_LT(post.at, kReader.now);
      }
    }
  }
  if (statuses == 0) GTEST_SKIP() << "skipped, because the recorded payloads are not here";
  EXPECT_GE(statuses, 20);
  EXPECT_GE(quotes, 1);
  EXPECT_GE(edits, 1);
  EXPECT_GE(hidden, 1);
}

}  // namespace
}  // namespace signalbox::connectors::mastodon
