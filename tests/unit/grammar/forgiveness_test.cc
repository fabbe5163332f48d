// What phones and chat clients do to a head, and what is not forgiven.
#include <gtest/gtest.h>

#include "page.h"

namespace signalbox::grammar {
namespace {

constexpr std::string_view kApiDown = "report API DOWN - \"x\"";

TEST(Forgiveness, OfCaseSpacesDashesAndColons) {
  for (const std::string_view text : {"api-down: x",
                                      "Api-Down: x",
                                      "aPI-dOWN: x",
                                      "API -DOWN: x",
                                      "API- DOWN: x",
                                      "API - DOWN : x",
                                      "API-DOWN : x",
                                      "API\u2013DOWN: x",
                                      "API\u2014DOWN: x",
                                      "API \u2014 DOWN: x",
                                      "API\u2011DOWN: x",
                                      "API\u2010DOWN: x",
                                      "API\u2212DOWN: x",
                                      "API\uFF0DDOWN: x",
                                      "API-DOWN\uFF1A x",
                                      "API-DOWN\uFF1Ax",
                                      "API\u00A0-\u00A0DOWN\u00A0: x",
                                      "API-DOWN\u202F: x",
                                      "\u200BAPI-DOWN: x",
                                      "\uFEFFAPI-DOWN: x",
                                      "API\u200B-DOWN: x",
                                      "API-\u200BDOWN\u200B: x",
                                      "A\u200BPI-DO\u2060WN: x",
                                      "\u00A0API-DOWN: x",
                                      "API\t-\tDOWN\t: x",
                                      "\u200FAPI-DOWN: x",
                                      "API\u00AD-DOWN: x"}) {
    EXPECT_EQ(meaning(say(text)), kApiDown) << text;
  }
}

TEST(Forgiveness, InIdsWithDashesAndInLists) {
  EXPECT_EQ(meaning(say("balanced \u2013 js \u2013 down: x")), "report BALANCED-JS DOWN - \"x\"");
  EXPECT_EQ(meaning(say("api , js \u2013 issue\uFF1A x")), "report API,JS ISSUE - \"x\"");
  EXPECT_EQ(meaning(say("api\uFF0Cjs-issue: x")), "report API,JS ISSUE - \"x\"");
}

TEST(Forgiveness, OfLeadingMentionsOfUs) {
  for (const std::string_view text :
       {"@status API-DOWN: x", "@Status API-DOWN: x", "@status@mastodon.example API-DOWN: x",
        "@status @STATUS@any.example\n@status API-DOWN: x", "@status: API-DOWN: x",
        "@status, API-DOWN: x", "@status\u00A0API-DOWN: x", " @ops api-down: x",
        "@ops@chat.example API-DOWN: x", "@status\nAPI-DOWN: x"}) {
    EXPECT_EQ(meaning(say(text)), kApiDown) << text;
  }
  EXPECT_EQ(meaning(say("@status API: x")), "notice API - - \"x\"");
}

TEST(Forgiveness, NotOfMentionsOfOthers) {
  for (const std::string_view text :
       {"@statusbot API-DOWN: x", "@bob API-DOWN: x", "@ops@other.example API-DOWN: x"}) {
    EXPECT_EQ(meaning(say(text)), "mistake words_before_head > API-DOWN: x") << text;
  }
  EXPECT_EQ(meaning(say("@bob API: x")), "none");
}

TEST(Forgiveness, NotOfLookAlikes) {
  const std::string_view cyrillic = "\u0410\u0420\u0406";
  EXPECT_EQ(meaning(say(std::string(cyrillic) + ": x")), "none");
  EXPECT_EQ(meaning(say(std::string(cyrillic) + "-DOWN: x")), "mistake unknown_service > ");
  EXPECT_EQ(meaning(say(std::string(cyrillic) + "-down: x")), "none");
  EXPECT_EQ(meaning(say("\uFF21\uFF30\uFF29-DOWN: x")), "mistake unknown_service > ");
}

TEST(Forgiveness, NotAcrossLines) {
  EXPECT_EQ(meaning(say("API\n-DOWN: x")), "none");
  EXPECT_EQ(meaning(say("API-DOWN\n: x")), "mistake missing_colon > API-DOWN: : x");
}

TEST(Notices, NeedTheTargetExactlyAsConfigured) {
  for (const Row& row : std::initializer_list<Row>{
           {"JS: x", "notice JS - - \"x\""},
           {"rest: x", "notice API - - \"x\""},
           {"Core: x", "notice API,JS - - \"x\""},
           {"ALL: x", "notice API,JS,BALANCED-JS,DB - - \"x\""},
           {"API,JS: x", "notice API,JS - - \"x\""},
           {"API, JS: x", "notice API,JS - - \"x\""},
           {"JS : x", "notice JS - - \"x\""},
           {"api: anyone up for lunch?", "none"},
           {"Api: x", "none"},
           {"Rest: of the story", "none"},
           {"all: hands", "none"},
           {"API,js: x", "none"},
           {"BALANCED\u2013JS: x", "none"},
           {"BALANCED - JS: x", "none"},
           {"A\u200BPI: x", "none"},
           {"api:", "none"},
       }) {
    EXPECT_EQ(meaning(say(row.text)), row.means) << row.text;
  }
}

TEST(Questions, AreForUsOnlyWhenAddressed) {
  for (const Row& row : std::initializer_list<Row>{
           {"@status status?", "question "},
           {"@status Status ?", "question "},
           {"@status API?", "question API"},
           {"@status api? \n", "question API"},
           {"@status@a.example core\uFF1F", "question API,JS"},
           {"@status ALL?", "question API,JS,BALANCED-JS,DB"},
           {"@status lunch?", "none"},
           {"@status API-DOWN?", "none"},
           {"@status API? or not", "none"},
           {"status?", "none"},
           {"API?", "none"},
           {"@bob API?", "none"},
       }) {
    EXPECT_EQ(meaning(say(row.text)), row.means) << row.text;
  }
  EXPECT_EQ(meaning(parse("API?", page(), Time{}, true)), "question API");
  EXPECT_EQ(meaning(parse("status?", page(), Time{}, true)), "question ");
}

}  // namespace
}  // namespace signalbox::grammar
