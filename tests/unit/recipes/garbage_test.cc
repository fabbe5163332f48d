// What makes no sense is never a verdict: not green, not red, and no crash.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/client.h"
#include "tests/support/gzip.h"
#include "tests/support/scripted_server.h"
#include "tests/unit/recipes/trying.h"

namespace signalbox::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

/// Name to body.
std::map<std::string, std::string> garbage() {
  const std::string swelling =
      "<!DOCTYPE lolz [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
      "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">]>";
  return {
      {"empty", ""},
      {"spaces", "  \n "},
      {"null", "null"},
      {"number", "42"},
      {"string", "\"none\""},
      {"empty object", "{}"},
      {"error page", "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>"},
      {"error object", R"({"message":"Bad credentials","status":"401"})"},
      {"list of numbers", "[1,2,3]"},
      {"list of nulls", "[null]"},
      {"list of lists", "[[[]],[[]]]"},
      {"wrong types", R"({"status":[1,{"status":{}}],"components":{"a":[]},"items":7,)"
                      R"("workflow_runs":"no"})"},
      {"wrong items", R"({"status":[null,[]],"components":[3],"items":[[]],"workflow_runs":[0]})"},
      {"truncated", R"({"status":{"indicator":"none")"},
      {"truncated feed", "<rss version=\"2.0\"><channel><title>Far"},
      {"nested", repeated("[", 200000)},
      {"nested objects", repeated("{\"status\":", 100000)},
      {"nested and closed", repeated("[", 70) + repeated("]", 70)},
      {"nested elements", "<rss><channel>" + repeated("<a>", 100000)},
      {"nul bytes", std::string("[\0]", 3)},
      {"nul in feed", std::string("<rss\0><channel/></rss>", 22)},
      {"bad utf-8", "[\"\xff\xfe\"]"},
      {"swelling feed", swelling + "<rss><channel><title>&d;</title></channel></rss>"},
      {"outside entity",
       "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel>"
       "&x;</channel></rss>"},
      {"unknown entity", "<rss><channel>&x;</channel></rss>"},
      {"wrong case", R"({"Status":{"Indicator":"none"}})"},
      {"long", "[" + repeated("1,", 1900000) + "1]"},
      {"endless tag", "<rss><channel a='>' " + repeated("b c=d ", 20000) + "/></rss>"},
      {"long page",
       "<rss><channel><title>" + repeated("long ", 600000) + "</title></channel></rss>"},
  };
}

TEST(Garbage, SaysNothingToAnyShippedRecipe) {
  for (const auto& [recipe, asked] : shipped_settings()) {
    const auto by = shipped(recipe);
    for (const auto& [name, body] : garbage()) {
      const std::string said = Try(by, asked).answered(body);
      EXPECT_THAT(said, HasSubstr("says nothing: ")) << recipe << ", " << name;
      EXPECT_THAT(said, EndsWith(net::kMaybeOurs)) << recipe << ", " << name;
    }
  }
}

TEST(Garbage, CannotHideAnEndlessTagBehindAQuote) {
  const std::string endless = "<b " + repeated("c ", 2000) + ">";
  const auto by = own("request: {url: 'http://a.test/'}\nrules: [{css: b, state: UP}]\n");
  EXPECT_EQ(Try(by, {}).answered("<html><b c d>fine</b></html>"), "UP");
  for (const std::string before :
       {"", "<!-- <p x=\" -->", "<script>if (a<b) x = \"</script>", "<p x='", "<b x=\f\"y "}) {
    EXPECT_THAT(Try(by, {}).answered("<html>" + before + endless + "</html>"),
                HasSubstr("more than 1,000 attributes"))
        << before;
  }
}

TEST(Garbage, IsWhateverTakesTooLongToTell) {
  const auto by = own("request: {url: 'http://a.test/'}\nrules: [{css: b, state: UP}]\n");
  EXPECT_THAT(Try(by, {}).answered("<html><b>" + repeated("<", 1000000) + "</b></html>"),
              HasSubstr("than 1,000 attributes, or no end"));
}

TEST(Garbage, IsWhateverHasAnotherStatus) {
  const std::string fine = R"({"status":{"indicator":"none"}})";
  for (const int status : {301, 304, 404, 429, 500, 503}) {
    const auto& asked = shipped_settings().at("statuspage");
    const std::string said = Try(shipped("statuspage"), asked).answered({{status, {}, fine}});
    EXPECT_THAT(said, HasSubstr("(status " + std::to_string(status))) << status;
  }
  EXPECT_THAT(Try(shipped("heroku"), {}).answered({{401, {}, "{}"}}),
              HasSubstr("is the key right?"));
}

/// A recipe by a real client against a real server.
class OverTheWire : public ::testing::Test {
 protected:
  connectors::Measured measured(const std::string& answer, bool hold, Asked more = {}) {
    ScriptedServer server([&](const std::string&) { return Script{answer, hold}; });
    Asked asked{{"base_url", word(server.url())}, {"timeout", word("300ms")}};
    asked.merge(more);
    Try one(shipped("statuspage"), asked);
    boost::asio::io_context io;
    const auto client = net::make_client(io, {});
    return one.by_real(io, *client);
  }
};

TEST_F(OverTheWire, SilenceIsNoEvidenceUnlessTold) {
  for (const bool hold : {true, false}) {
    const auto unknown = measured("", hold);
    EXPECT_THAT(unknown.readings, IsEmpty());
    EXPECT_THAT(unknown.complaints, SizeIs(1));
    const auto failed = measured("", hold, {{"silence", word("DOWN")}});
    ASSERT_THAT(failed.readings, SizeIs(1));
    EXPECT_EQ(failed.readings[0].good, 0);
    EXPECT_EQ(failed.readings[0].total, 1);
  }
}

TEST_F(OverTheWire, TakesNothingEndless) {
  const auto large = measured(http_ok(std::string(10U << 20U, ' ')), false,
                              {{"timeout", word("10s")}, {"silence", word("DOWN")}});
  EXPECT_THAT(large.readings, IsEmpty());
  EXPECT_THAT(large.complaints.at(0), HasSubstr("longer than"));
}

TEST_F(OverTheWire, UnpacksNoBomb) {
  const auto bomb =
      measured(http_ok(gzip(std::string(64U << 20U, ' ')), "Content-Encoding: gzip\r\n"), false,
               {{"timeout", word("10s")}});
  EXPECT_THAT(bomb.readings, IsEmpty());
  EXPECT_THAT(bomb.complaints.at(0), HasSubstr("longer than"));
}

}  // namespace
}  // namespace signalbox::testing
