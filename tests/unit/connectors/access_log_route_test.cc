// Which services a line speaks of; routed fast, and as RE2 alone would.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include "connectors/access_log/route.h"
#include "connectors/access_log/rules.h"

namespace signalbox::connectors::access_log {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::size_t> of(Router& router, std::string_view host, std::string_view path,
                            std::string_view tag = "") {
  Line line;
  line.host = host;
  line.path = path;
  line.tag = tag;
  std::vector<std::size_t> found;
  router.each(line, [&](std::size_t service) { found.push_back(service); });
  return found;
}

TEST(AccessLogRoute, AsksForHostPathAndTag) {
  Router router({{{}, {}, ""},
                 {{"a.example", "b.example"}, {}, ""},
                 {{}, {"eu"}, "^/api/"},
                 {{"a.example"}, {"eu"}, "[.]js$"}});
  EXPECT_THAT(of(router, "", "/"), ElementsAre(0));
  EXPECT_THAT(of(router, "B.Example", "/api/x"), ElementsAre(0, 1));
  EXPECT_THAT(of(router, "", "/api/x", "eu"), ElementsAre(0, 2));
  EXPECT_THAT(of(router, "a.example", "/x.js", "eu"), ElementsAre(0, 1, 3));
  EXPECT_THAT(of(router, "a.example", "/x.js", "EU"), ElementsAre(0, 1));
  Router none({});
  EXPECT_THAT(of(none, "", "/"), IsEmpty());
}

TEST(AccessLogRoute, FindsWhatEachPatternFindsAlone) {
  const std::vector<std::string> patterns{
      "^/api/",    "^/api$",   "/api",      "^/a.i",      "^/v1\\.0/",   "^/v1\\.0$",
      "(?i)^/API", "^",        "$",         "^$",         "^/(js|css)",  "\\.js$",
      "^/a\\$",    "^/a$|^/b", "^/a-b_c",   "^/a\\-b",    "^/%20",       "^/\\d+$",
      "é",         "^/a\\\\$", "^/eight__", "^/eight__$", "^/eight___9", "^/seven_"};
  std::vector<Asked> asked;
  for (const std::string& pattern : patterns) asked.push_back({{}, {}, pattern});
  Router router(asked);
  for (int round = 0; round < 2; ++round) {
    for (const std::string path :
         {"",       "/",      "/api",  "/api/", "/api/x", "/API/", "/v1.0/",
          "/v1.0",  "/v1x0/", "/js/x", "/x.js", "/a$",    "/a",    "/b",
          "/a-b_c", "/%20",   "/12",   "/é",    "/a\\",   "/abi",  "x/api"}) {
      std::vector<std::size_t> expected;
      for (std::size_t i = 0; i < patterns.size(); ++i) {
        if (RE2::PartialMatch(path, patterns[i])) expected.push_back(i);
      }
      EXPECT_EQ(of(router, "", path), expected) << path;
    }
  }
}

TEST(AccessLogRoute, StaysRightBeyondWhatItRemembers) {
  Router router({{{}, {}, "7$"}, {{}, {}, "^/"}});
  for (int i = 0; i < 10000; ++i) {
    const std::string path = "/" + std::to_string(i);
    ASSERT_EQ(of(router, "", path).size(), path.ends_with('7') ? 2U : 1U) << path;
  }
  const std::string longer(2000, 'x');
  EXPECT_THAT(of(router, "", longer + "7"), ElementsAre(0));
  EXPECT_THAT(of(router, "", longer + "8"), IsEmpty());
}

TEST(AccessLogRoute, ReadsListsAndNamesMistakes) {
  SourceSetup setup;
  setup.settings =
      Settings({{"path", {"a.log", {}, 1, 1}}, {"listen", {"10.0.0.1:514", {}, 2, 1}}});
  setup.questions.push_back({"API", Settings({{"host", {"", {"a", "b"}, 1, 1}}})});
  setup.questions.push_back(
      {"JS", Settings({{"tag", {"", {}, 4, 1}}, {"match", {"[", {}, 5, 1}}})});
  Rules rules = read_rules(setup);
  EXPECT_EQ(setup.settings.mistakes().size(), 2U) << "no loopback, and beside a path";
  EXPECT_EQ(setup.questions[1].settings.mistakes().size(), 2U);
  EXPECT_THAT(of(rules.router, "b", "/"), testing::Contains(0U));
}

}  // namespace
}  // namespace signalbox::connectors::access_log
