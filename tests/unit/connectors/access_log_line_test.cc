// What the lines of nginx, Apache and rsyslog say, and which requests count.
#include <gtest/gtest.h>

#include "connectors/access_log/line.h"
#include "connectors/access_log/tally.h"
#include "tests/support/shared_material.h"

namespace signalbox::connectors::access_log {
namespace {

std::optional<Line> parse_line(std::string_view text, Unit whole_numbers = Unit::none) {
  Stamps stamps;
  return parse_combined(text, whole_numbers, stamps);
}

constexpr std::string_view kStart = R"(127.0.0.1 - - [21/Nov/2026:01:18:34 +0100] )";

std::optional<Line> after_stamp(const std::string& rest) {
  static std::string kept;  // the views of a Line live as long as its text
  kept = std::string(kStart) + rest;
  return parse_line(kept);
}

TEST(AccessLogLine, ReadsTheCombinedFormat) {
  const auto line = after_stamp(R"("GET /a/b?c=d HTTP/1.1" 200 3 "-" "curl/7.88.1")");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->path, "/a/b");
  EXPECT_EQ(line->status, 200);
  EXPECT_EQ(iso_seconds(line->time), "2026-11-21T00:18:34Z");
  EXPECT_FALSE(line->request_time);
  EXPECT_EQ(line->host, "");
}

TEST(AccessLogLine, ReadsTheCommonFormatAndBehindSyslog) {
  EXPECT_EQ(after_stamp(R"("GET / HTTP/1.0" 304 -)")->status, 304);
  EXPECT_EQ(after_stamp(R"("GET / HTTP/1.0" 304)")->status, 304);
  const auto line = parse_line(
      R"(2026-11-21T01:18:34+00:00 vm nginx: 127.0.0.1 [2026-11-21T01:18:34+00:00] "GET /ok HTTP/1.1" 502 3 1.250 -)");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->status, 502);
  EXPECT_EQ(line->request_time, Duration(1250));
  EXPECT_EQ(iso_seconds(line->time), "2026-11-21T01:18:34Z");
}

TEST(AccessLogLine, FindsTheRequestTime) {
  const auto time = [](const std::string& rest) {
    const std::string agent = "Mozilla/5.0 (1.5 \\\"x\\\" 2.5)";
    return after_stamp("\"GET / HTTP/1.1\" 200 3 \"-\" \"" + agent + "\" " + rest)->request_time;
  };
  EXPECT_EQ(time("0.000"), Duration(0));
  EXPECT_EQ(time("12.345"), Duration(12345));
  EXPECT_EQ(time("12.345 0.100 ."), Duration(12345));
  EXPECT_EQ(time(R"("10.0.0.1, 10.0.0.2" 0.250)"), Duration(250));
  EXPECT_EQ(time("rt=0.5 uct=0.1"), Duration(500));
  EXPECT_EQ(time("request_time=3"), Duration(3000));
  EXPECT_EQ(time("4711"), std::nullopt);
  EXPECT_EQ(time("10.0.0.1"), std::nullopt);
  EXPECT_EQ(time("-1.5"), std::nullopt);
  EXPECT_EQ(time("-"), std::nullopt);
}

TEST(AccessLogLine, CountsWholeNumbersInTheUnitGiven) {
  const std::string text = std::string(kStart) + R"("GET / HTTP/1.1" 200 3 "-" "curl" 1500000)";
  EXPECT_EQ(parse_line(text, Unit::microseconds)->request_time, Duration(1500));
  EXPECT_EQ(parse_line(text, Unit::milliseconds)->request_time, Duration(1500000));
}

TEST(AccessLogLine, ReadsWhatStrangersWrote) {
  EXPECT_EQ(after_stamp(R"("-" 400 0 "-" "-")")->path, "");
  EXPECT_EQ(after_stamp(R"("" 408 0 "-" "-")")->status, 408);
  EXPECT_EQ(after_stamp(R"("\x16\x03\x01 \" 500 " 400 0 "-" "-")")->status, 400);
  EXPECT_EQ(after_stamp(R"("GET /\" HTTP/1.1" 404 0)")->path, "/\\\"");
  EXPECT_EQ(
      parse_line(R"(::1 - a[b] [x [21/Nov/2026:01:18:34 +0000] "GET / HTTP/1.1" 200 0)")->status,
      200);
  EXPECT_EQ(parse_line(
                R"(a.example:443 10.0.0.1 - - [21/Nov/2026:01:18:34 +0000] "GET / HTTP/1.1" 200 0)")
                ->host,
            "a.example");
}

TEST(AccessLogLine, RefusesWhatIsNoRequest) {
  for (const std::string_view text :
       {"", "x", "[", "] \"", "{\"status\":200}", "127.0.0.1 - - [21/Nov/2026:01:18:34 +0000]",
        "127.0.0.1 - - [21/Nov/2026:01:18:34 +0000] \"GET / HTTP/1.1",
        "127.0.0.1 - - [21/Nov/2026:01:18:34 +0000] \"GET /\" ",
        "127.0.0.1 - - [21/Nov/2026:01:18:34 +0000] \"GET /\" 20",
        "127.0.0.1 - - [21/Nov/2026:01:18:34 +0000] \"GET /\" 099 1",
        "127.0.0.1 - - [21/Nov/2026:01:18:34 +0000] \"GET /\" 600 1",
        "127.0.0.1 - - [21/Nov/2026:01:18:34 +0000] \"GET /\" 2000 1",
        "127.0.0.1 - - [31/Feb/2026:01:18:34 +0000] \"GET /\" 200 1",
        "127.0.0.1 - - [21/Nov/2026:25:18:34 +0000] \"GET /\" 200 1",
        "127.0.0.1 - - [yesterday] \"GET /\" 200 1"}) {
    EXPECT_FALSE(parse_line(text)) << text;
  }
}

TEST(AccessLogLine, ReadsEveryRecordedLine) {
  for (const char* name : {"captures/nginx-access-combined.log", "captures/rsyslog-nginx.log"}) {
    const auto lines = signalbox::testing::shared_lines(name);
    if (lines.empty()) GTEST_SKIP() << "skipped, because " << name << " is not here";
    for (const std::string& text : lines) EXPECT_TRUE(parse_line(text)) << text;
  }
}

TEST(AccessLogTally, JudgesByStatusAndTime) {
  struct Case {
    int status;
    std::optional<int> seconds;
    Outcome outcome;
  };
  for (const Case& one : std::initializer_list<Case>{{200, {}, Outcome::served},
                                                     {204, 1, Outcome::served},
                                                     {301, {}, Outcome::served},
                                                     {404, {}, Outcome::served},
                                                     {429, 1, Outcome::served},
                                                     {101, {}, Outcome::served},
                                                     {500, {}, Outcome::bad},
                                                     {503, 1, Outcome::bad},
                                                     {200, 11, Outcome::bad},
                                                     {404, 11, Outcome::bad},
                                                     {200, 10, Outcome::served},
                                                     {499, {}, Outcome::bad},
                                                     {499, 11, Outcome::bad},
                                                     {499, 1, Outcome::left_out},
                                                     {408, {}, Outcome::bad},
                                                     {408, 11, Outcome::bad},
                                                     {408, 10, Outcome::left_out},
                                                     {599, {}, Outcome::bad}}) {
    Line line;
    line.status = one.status;
    if (one.seconds) line.request_time = std::chrono::seconds(*one.seconds);
    EXPECT_EQ(outcome(line, std::chrono::seconds(10)), one.outcome) << one.status;
  }
}

TEST(AccessLogTally, CountsFamiliesAlsoOfWhatIsLeftOut) {
  Tally tally;
  Line line;
  line.status = 499;
  tally.add(line, Outcome::left_out);
  line.status = 200;
  tally.add(line, Outcome::served);
  line.status = 502;
  tally.add(line, Outcome::bad);
  EXPECT_EQ(tally.total, 2);
  EXPECT_EQ(tally.good, 1);
  EXPECT_EQ(tally.left_out, 1);
  EXPECT_EQ(tally.families, (std::array<double, 6>{0, 0, 1, 0, 1, 1}));
}

}  // namespace
}  // namespace signalbox::connectors::access_log
