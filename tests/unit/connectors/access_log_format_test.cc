// Lines behind a syslog header, JSON lines, and lines by an operator's pattern.
#include <gtest/gtest.h>

#include "connectors/access_log/format.h"
#include "connectors/access_log/syslog.h"
#include "tests/support/shared_material.h"

namespace signalbox::connectors::access_log {
namespace {

constexpr std::string_view kCombined =
    R"(10.0.0.1 - - [21/Nov/2026:01:18:34 +0000] "GET /a?b HTTP/1.1" 502 3 "-" "-" 1.250)";

Format format(std::map<std::string, std::string> settings = {}) {
  std::map<std::string, Setting> given;
  for (auto& [key, value] : settings) given[key] = {value, {}, 1, 1};
  const Settings all{std::move(given)};
  Format made = read_format(all);
  EXPECT_TRUE(all.mistakes().empty()) << all.mistakes()[0].what;
  return made;
}

TEST(AccessLogSyslog, TakesOffEveryHeader) {
  struct Case {
    std::string_view before, tag;
  };
  for (const Case& one : std::initializer_list<Case>{
           {"", ""},
           {"<190>Nov 21 01:18:34 vm nginx: ", "nginx"},
           {"<190>Nov  1 01:18:34 vm shop[77]: ", "shop"},
           {"<190>2026-11-21T01:18:34+00:00 vm nginx: ", "nginx"},
           {"2026-11-21T01:18:34+00:00 vm nginx: ", "nginx"},
           {"2026-11-21T01:18:34.123456+00:00 vm nginx:  ", "nginx"},
           {"99 <190>Nov 21 01:18:34 vm nginx: ", "nginx"},
           {"212 <190>Nov 21 01:18:34 vm nginx: ", "nginx"},
           {"1212 <190>1 2026-11-21T01:32:16+00:00 vm nginx - - -  ", "nginx"},
           {"Nov 21 01:18:34 vm nginx: ", "nginx"},
           {"<190>1 2026-11-21T01:32:16+00:00 vm nginx - - -  ", "nginx"},
           {R"(<190>1 2026-11-21T01:32:16Z vm shop 7 ID [a@1 b="[\]\"" c="d"][e f="g"] )", "shop"},
           {"<190>1 - - - - - - ", "-"}}) {
    const std::string text = std::string(one.before) + std::string(kCombined);
    const Syslog split = split_syslog(text);
    EXPECT_EQ(split.message, kCombined) << one.before;
    EXPECT_EQ(split.tag, one.tag) << one.before;
    Format combined = format();
    const auto line = combined.read(text);
    ASSERT_TRUE(line) << text;
    EXPECT_EQ(line->status, 502);
    EXPECT_EQ(line->tag, one.tag);
  }
}

TEST(AccessLogSyslog, LeavesOtherLinesAsTheyAre) {
  for (const std::string_view text :
       {"", "<", "<190>", "<1900>x", "<abc>d", "<190>1", "<190>1 ", "Nov 21 01:18:34", "- - - -",
        "2026-11-21T01:18:34+00:00 vm", "<190>1 a b c d e [", "<190>1 a b c d e [f\\"}) {
    EXPECT_LE(split_syslog(text).message.size(), text.size()) << text;
  }
}

TEST(AccessLogFormat, ReadsJsonLinesByTheUsualKeys) {
  Format json = format();
  const auto line = json.read(
      R"({"time_iso8601":"2026-11-21T01:18:34+00:00","status":"503","request_time":"0.250",)"
      R"("http_host":"Shop.example:8443","request_uri":"/a/b?c=d","extra":{"x":[1]}})");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->status, 503);
  EXPECT_EQ(line->host, "Shop.example");
  EXPECT_EQ(line->path, "/a/b");
  EXPECT_EQ(line->request_time, Duration(250));
  EXPECT_EQ(iso_seconds(line->time), "2026-11-21T01:18:34Z");
  const auto caddy = json.read(
      R"({"ts":1763687914.1234567,"request":{"host":"a.example","uri":"/x?y"},"duration":1.2e-05,"status":200})");
  ASSERT_TRUE(caddy);
  EXPECT_EQ(caddy->host, "a.example");
  EXPECT_EQ(caddy->path, "/x");
  EXPECT_EQ(caddy->request_time, Duration(0));
  EXPECT_EQ(iso(caddy->time), "2025-11-21T01:18:34.123Z");
}

TEST(AccessLogFormat, ReadsJsonLinesByGivenKeys) {
  Format json = format({{"keys.status", "http.code"},
                        {"keys.time", "at"},
                        {"keys.request_time", "took"},
                        {"keys.tag", "pool"},
                        {"request_time", "milliseconds"}});
  const auto line = json.read(
      R"(<190>Nov 21 01:18:34 vm x: {"at":"21/Nov/2026:01:18:34 +0000","http":{"code":200},"took":1500,"pool":"eu"})");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->status, 200);
  EXPECT_EQ(line->tag, "eu") << "the line's own comes before syslog's";
  EXPECT_EQ(line->request_time, Duration(1500));
  EXPECT_FALSE(json.read(R"({"at":"21/Nov/2026:01:18:34 +0000","status":200})"));
}

TEST(AccessLogFormat, RefusesJsonThatSaysTooLittle) {
  Format json = format();
  for (const std::string_view text :
       {"{", "{}", R"({"status":200})", R"({"time":"2026-11-21T01:18:34Z"})",
        R"({"time":"2026-11-21T01:18:34Z","status":99})", R"({"time":"soon","status":200})",
        R"({"time":"2026-11-21T01:18:34Z","status":[200]})", "[200]", "\"x\"",
        R"({"time":"2026-11-21T01:18:34Z","status":200.0})", "{\"a\":\"\xff\"}"}) {
    EXPECT_FALSE(json.read(text)) << text;
  }
}

TEST(AccessLogFormat, ReadsLinesByAPattern) {
  Format custom = format(
      {{"pattern",
        R"re(^(?P<time>[\d.]+) (?P<host>\S+) "(?P<path>[^"]*)" s=(?P<status>\d+) t=(?P<request_time>[\d.]+|-) in (?P<tag>\w+))re"}});
  EXPECT_TRUE(custom.timed());
  const auto line =
      custom.read(R"(1763687914.500 shop.example "GET /a?b HTTP/2" s=404 t=0.031 in eu1)");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->status, 404);
  EXPECT_EQ(line->path, "/a");
  EXPECT_EQ(line->host, "shop.example");
  EXPECT_EQ(line->tag, "eu1");
  EXPECT_EQ(line->request_time, Duration(31));
  EXPECT_EQ(iso(line->time), "2025-11-21T01:18:34.500Z");
  EXPECT_FALSE(custom.read(kCombined));
  EXPECT_FALSE(custom.read(R"(1763687914 a "x" s=700 t=- in b)")) << "no status";
  EXPECT_EQ(custom.read(R"(1763687914 a "x" s=200 t=- in b)")->request_time, std::nullopt);
}

TEST(AccessLogFormat, TakesTheHeadersTimeWhereThePatternHasNone) {
  Format custom = format({{"pattern", R"(status=(?P<status>\d{3}))"}});
  EXPECT_FALSE(custom.timed());
  EXPECT_EQ(custom.read("x status=200")->time, Time{});
  EXPECT_EQ(iso_seconds(custom.read("<1>1 2026-11-21T01:18:34Z h a - - - status=200")->time),
            "2026-11-21T01:18:34Z");
}

TEST(AccessLogFormat, NamesMistakesInPatterns) {
  const auto mistake = [](const std::string& pattern) {
    const Settings settings({{"pattern", {pattern, {}, 7, 3}}});
    read_format(settings);
    return settings.mistakes().size() == 1 ? settings.mistakes()[0].what : "";
  };
  EXPECT_NE(mistake("(").find("RE2"), std::string::npos);
  EXPECT_NE(mistake("x").find("no group for the status"), std::string::npos);
  EXPECT_NE(mistake("(?P<status>.)(?P<staus>.)").find("`staus`"), std::string::npos);
}

TEST(AccessLogFormat, ReadsEveryRecordedLineBehindSyslog) {
  const auto lines = signalbox::testing::shared_lines("captures/rsyslog-nginx.log");
  if (lines.empty()) GTEST_SKIP() << "skipped, because the recorded lines are not here";
  Format combined = format();
  for (const std::string& text : lines) {
    const auto line = combined.read(text);
    ASSERT_TRUE(line) << text;
    EXPECT_EQ(line->tag, "nginx");
  }
}

}  // namespace
}  // namespace signalbox::connectors::access_log
