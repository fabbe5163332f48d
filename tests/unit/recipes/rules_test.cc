// Where a rule may look, and what it may compare.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connectors/recipe/moment.h"
#include "connectors/recipe/selector.h"
#include "tests/unit/recipes/trying.h"

namespace signalbox::testing {
namespace {

using connectors::recipe::parse_moment;
using connectors::recipe::xpath_of;
using ::testing::HasSubstr;

/// What this rule makes of an answer: UP, or "" when it does not match.
std::string by_rule(const std::string& rule, const net::Response& answer, Duration took = {}) {
  Try one(own("request: {url: 'http://a.test/'}\nrules: [{" + rule + ", state: UP}]\n"), {});
  EXPECT_THAT(one.mistakes(), ::testing::IsEmpty()) << rule;
  ScriptedHttp http([&](const net::Request&) -> Result<net::Response> {
    one.clock.advance(took);
    return answer;
  });
  const std::string said = Try::said(one.by(http));
  return said == "UP" ? said : said.find("no rule fits") != std::string::npos ? "" : said;
}
std::string by_rule(const std::string& rule, const std::string& body) {
  return by_rule(rule, ok(body));
}

TEST(Rules, LookAtTheStatus) {
  EXPECT_EQ(by_rule("status: 204", {204, {}, ""}), "UP");
  EXPECT_EQ(by_rule("status: [200, 5xx]", {503, {}, ""}), "UP");
  EXPECT_EQ(by_rule("status: 5xx", {404, {}, ""}), "");
}

TEST(Rules, LookAtTheRestOfAGoodAnswerOnly) {
  EXPECT_EQ(by_rule("text: fine", ok("all is fine")), "UP");
  EXPECT_EQ(by_rule("text: fine", {500, {}, "all is fine"}), "");
  EXPECT_EQ(by_rule("text: '^fine$'", ok("all is fine")), "");
}

TEST(Rules, LookAtHeadersAndLatency) {
  const auto answer = ok("", {{"x-health", "ok"}});
  EXPECT_EQ(by_rule("header: X-Health, is: ok", answer), "UP");
  EXPECT_EQ(by_rule("header: x-health, is: ill", answer), "");
  EXPECT_EQ(by_rule("header: x-wealth, not: ill", answer), "");
  EXPECT_EQ(by_rule("latency: {above: 2s}", answer, std::chrono::milliseconds(2001)), "UP");
  EXPECT_EQ(by_rule("latency: {above: 2s}", answer, std::chrono::seconds(2)), "");
  EXPECT_EQ(by_rule("latency: {below: 2s}", answer, std::chrono::seconds(1)), "UP");
}

TEST(Rules, QuoteOnlyWordsThatCallNobodyAndLeadNowhere) {
  const auto why = [](const std::string& said) {
    Try one(own("request: {url: 'http://a.test/'}\nrules: [{json: /s, state: DOWN}]\n"), {});
    ScriptedHttp http([&](const net::Request&) -> Result<net::Response> {
      return ok("{\"s\":\"" + said + "\"}");
    });
    return one.by(http).readings.at(0).why;
  };
  EXPECT_EQ(why("Partial outage: 99.5 % of jobs, v2.1. Sorry..."),
            "/s: Partial outage: 99.5 % of jobs, v2.1. Sorry...");
  for (const char* said : {"ask @acme", "#win", "see https://10.0.0.1", "go to evil.example now"}) {
    EXPECT_EQ(why(said), "/s") << said;
  }
}

TEST(Rules, TakeNoWaitInAQueueOfOursForLatency) {
  Try one(own("request: {url: 'http://a.test/'}\n"
              "rules: [{latency: {above: 2s}, state: DOWN}, {status: 200, state: UP}]\n"),
          {});
  net::Response quick = ok("");
  quick.took = std::chrono::milliseconds(20);
  ScriptedHttp http([&](const net::Request&) -> Result<net::Response> {
    one.clock.advance(std::chrono::seconds(5));
    return quick;
  });
  const auto measured = one.by(http);
  EXPECT_EQ(Try::said(measured), "UP");
  EXPECT_EQ(measured.readings.at(0).latency, quick.took);
}

TEST(Rules, LookAtJsonByPointer) {
  const std::string body = R"({"a/b":{"m~n":[10,"x",null,true]},"":1,"n":"7","deep":[[1],[2,3]]})";
  for (const char* rule :
       {"json: /a~1b/m~0n/0, is: 10", "json: /a~1b/m~0n/1, is: x", "json: /a~1b/m~0n/2, is: 'null'",
        "json: /a~1b/m~0n/3, is: 'true'", "json: /, is: 1", "json: /n, above: 6, below: 8",
        "json: /a~1b", "json: /a~1b/m~0n/*, is: x", "json: /deep/*/*, count: 3",
        "json: /deep/*/1, is: 3", "json: /deep/*/*, above: 1, count: {above: 1, below: 3}",
        "json: /deep/*/*, all: true, below: 4", "json: /n, matches: '^\\d$'",
        "json: /n, lacks: x"}) {
    EXPECT_EQ(by_rule(rule, body), "UP") << rule;
  }
  for (const char* rule :
       {"json: /gone", "json: /a~1b/m~0n/00", "json: /a~1b/m~0n/4", "json: /a~1b/m~0n/-",
        "json: /n/*", "json: /a~1b/*, count: 0", "json: /a~1b, is: x", "json: /deep/*/1, all: true",
        "json: /deep/*/*, all: true, below: 3", "json: /n, above: 7",
        "json: /a~1b/m~0n/1, above: 0", "json: /n, not: ['7', '8']"}) {
    EXPECT_EQ(by_rule(rule, body), "") << rule;
  }
}

TEST(Rules, ChooseAmongThings) {
  const std::string body =
      R"([{"n":"a","s":"bad","t":"2026-11-21T03:00:00Z"},{"n":"a","s":"good","t":1795233000},)"
      R"({"n":"b","s":"odd","t":"Sat, 21 Nov 2026 03:10:00 GMT"}])";
  for (const char* rule :
       {"json: /*, where: {/n: b}, of: /s, is: odd", "json: /*, newest: /t, of: /s, is: good",
        "json: /*, newest: /t, each: /n, of: /s, all: true, is: [good, odd]",
        "json: /*, where: {/t: {older: 55m}}, count: 1",
        "json: /*, where: {/x: {not: y}}, count: 3",
        "json: /*, where: {/n: {matches: '^[ab]$'}, /s: [bad, odd]}, count: 2"}) {
    EXPECT_EQ(by_rule(rule, body), "UP") << rule;
  }
  EXPECT_EQ(by_rule("json: /*, newest: /t, of: /s, is: bad", body), "");
  EXPECT_THAT(by_rule("json: /*, newest: /s", body), HasSubstr("has no time where it should"));
}

const std::string kPage =
    "<!DOCTYPE html><html><body><div id='main' class='page wide'><p class=state>All\n  systems "
    "<b>operational</b><br></p><p data-x=\"a-b-c\">second</p></div><p>third</body></html>";

TEST(Rules, LookAtPagesByCss) {
  for (const char* css :
       {"p.state", "#main > .state", "div.wide.page p", "p + p", ".state ~ p", "p:first-child",
        "div p:last-child", "p:not(.state)", "[data-x]", "[data-x=a-b-c]", "[data-x^=\"a-\"]",
        "[data-x$=''c'']", "[data-x*=b]", "[class~=wide]", "h1, b", "*", "div:not([data-x])"}) {
    EXPECT_EQ(by_rule("css: '" + std::string(css) + "'", kPage), "UP") << css;
  }
  for (const char* css : {"h1", "body > b", "b + p", ".sta", "#Main", "[data-x=a]", "b:not(b)"}) {
    EXPECT_EQ(by_rule("css: '" + std::string(css) + "'", kPage), "") << css;
  }
  EXPECT_EQ(by_rule("css: .state, is: All systems operational", kPage), "UP");
  EXPECT_EQ(by_rule("css: div, where: {p: second}, of: b, is: operational", kPage), "UP");
  EXPECT_EQ(by_rule("css: p, count: 3", kPage), "UP");
}

TEST(Rules, LookAtPagesByXPath) {
  EXPECT_EQ(by_rule("xpath: '//p/@data-x', is: a-b-c", kPage), "UP");
  EXPECT_EQ(by_rule("xpath: 'count(//p)', above: 2", kPage), "UP");
  EXPECT_EQ(by_rule("xpath: //h1", kPage), "");
  std::string wide = "<html><body>";
  for (int i = 0; i < 5000; ++i) wide += "<i>x</i>";
  EXPECT_THAT(by_rule("xpath: '//*[count(//*[count(//*) > 1]) > 1]'", wide),
              HasSubstr("too many steps"));
  EXPECT_THAT(by_rule("xpath: '//i | //i/text() | //body'", wide + wide), HasSubstr("10000"));
}

TEST(Selectors, ThatAreNotKnownAreRefused) {
  for (const char* css : {"", ">", "a,,b", "a:nth-child(2)", "a::before", "a[b|=c]", "a[b=c", "a|b",
                          "a[b=\"c", "a(", "1a", "a:not(b c)", "a:not(:not(b))", "a\\:b", "a!b"}) {
    const auto path = xpath_of(css);
    ASSERT_FALSE(path) << css << " became " << *path;
    EXPECT_EQ(path.error().code, Error::Code::invalid);
  }
}

TEST(Moments, AreReadInTheFormsFarSidesUse) {
  const Time four(std::chrono::seconds(1795233600));
  for (const char* text :
       {"2026-11-21T04:00:00Z", "2026-11-21T05:00:00.000+01:00", "Sat, 21 Nov 2026 04:00:00 GMT",
        "Sat, 21 Nov 2026 04:00:00 +0000", "21 Nov 2026 04:00 Z", "Fri, 20 Nov 2026 23:00:00 EST",
        " 1795233600 ", "1795233600000"}) {
    EXPECT_EQ(parse_moment(text), four) << text;
  }
  for (const char* text : {"", "now", "2026", "Sat, 31 Feb 2026 04:00:00 GMT", "21 Nov 26 04:00 Z",
                           "21 Nov 2026 24:00 Z", "21 Nov 2026 04:00 XYZ", "21 N 2026 04:00 Z",
                           "21 Nov 2026 04:00 +9999", "-1795233600", "17952336000"}) {
    EXPECT_EQ(parse_moment(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace signalbox::testing
