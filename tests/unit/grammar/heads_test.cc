// What a head names and says, when it is written as GRAMMAR.md has it.
#include <gtest/gtest.h>

#include "page.h"

namespace signalbox::grammar {
namespace {

TEST(Heads, SayWhatTheOriginalGrammarSaid) {
  for (const Row& row : std::initializer_list<Row>{
           {"API-DOWN: disks caught fire", "report API DOWN - \"disks caught fire\""},
           {"JS-UP: it works again", "report JS UP - \"it works again\""},
           {"DB-ISSUE: slow", "report DB ISSUE - \"slow\""},
           {"DB-MAINT: new disks", "report DB MAINT - \"new disks\""},
           {"JS: read our postmortem https://example.com/p",
            "notice JS - - \"read our postmortem https://example.com/p\""},
           {"API-DOWN:no blank", "report API DOWN - \"no blank\""},
       }) {
    EXPECT_EQ(meaning(say(row.text)), row.means) << row.text;
  }
}

TEST(Heads, KnowSynonymsAndPhases) {
  for (const Row& row : std::initializer_list<Row>{
           {"API-OK: x", "report API UP - \"x\""},
           {"API-OPERATIONAL: x", "report API UP - \"x\""},
           {"API-DEGRADED: x", "report API ISSUE - \"x\""},
           {"API-PARTIAL: x", "report API ISSUE - \"x\""},
           {"API-OUTAGE: x", "report API DOWN - \"x\""},
           {"API-MAJOR: x", "report API DOWN - \"x\""},
           {"API-MAINTENANCE: x", "report API MAINT - \"x\""},
           {"API-INVESTIGATING: x", "report API - INVESTIGATING \"x\""},
           {"API-IDENTIFIED: bad deploy", "report API - IDENTIFIED \"bad deploy\""},
           {"API-MONITORING: x", "report API - MONITORING \"x\""},
           {"API-RESOLVED: x", "report API UP RESOLVED \"x\""},
           {"API-DONE: x", "report API UP DONE \"x\""},
           {"API-POSTMORTEM: x", "report API - POSTMORTEM \"x\""},
       }) {
    EXPECT_EQ(meaning(say(row.text)), row.means) << row.text;
  }
}

TEST(Heads, NameSeveralTargetsGroupsAliasesAndAll) {
  for (const Row& row : std::initializer_list<Row>{
           {"API,JS-ISSUE: x", "report API,JS ISSUE - \"x\""},
           {"JS+API-ISSUE: x", "report JS,API ISSUE - \"x\""},
           {"DB&JS+API-ISSUE: x", "report DB,JS,API ISSUE - \"x\""},
           {"API, JS & DB-ISSUE: x", "report API,JS,DB ISSUE - \"x\""},
           {"rest-DOWN: x", "report API DOWN - \"x\""},
           {"rest,API-DOWN: x", "report API DOWN - \"x\""},
           {"Core-DOWN: x", "report API,JS DOWN - \"x\""},
           {"EU-West-DOWN: x", "report BALANCED-JS DOWN - \"x\""},
           {"JS,Core,ALL-DOWN: x", "report JS,API,BALANCED-JS,DB DOWN - \"x\""},
           {"ALL-UP: x", "report API,JS,BALANCED-JS,DB UP - \"x\""},
           {"all-up: x", "report API,JS,BALANCED-JS,DB UP - \"x\""},
           {"API,API,API-UP: x", "report API UP - \"x\""},
       }) {
    EXPECT_EQ(meaning(say(row.text)), row.means) << row.text;
  }
}

TEST(Heads, KeepTheTargetsAsConfigured) {
  const auto report = std::get<Report>(say("REST,core,all-down: x"));
  EXPECT_EQ(report.targets, (std::vector<std::string>{"rest", "Core", "ALL"}));
  EXPECT_EQ(std::get<Report>(say("API,api,API-UP: x")).targets, std::vector<std::string>{"API"});
}

TEST(Heads, SplitAtTheLastDashBeforeAWord) {
  EXPECT_EQ(meaning(say("BALANCED-JS-DOWN: x")), "report BALANCED-JS DOWN - \"x\"");
  EXPECT_EQ(meaning(say("BALANCED-JS: x")), "notice BALANCED-JS - - \"x\"");
  EXPECT_EQ(meaning(say("JS,BALANCED-JS-DOWN: x")), "report JS,BALANCED-JS DOWN - \"x\"");
}

TEST(Heads, PreferTheLongestTargetEvenOnAPageThatCheckConfigRefuses) {
  const Lexicon lexicon(
      {Service{.id = "A", .name = "", .group = "", .aliases = {}, .thresholds = {}},
       Service{.id = "A-DOWN", .name = "", .group = "", .aliases = {}, .thresholds = {}}},
      Zone());
  EXPECT_EQ(meaning(parse("A-DOWN-UP: x", lexicon, Time{})), "report A-DOWN UP - \"x\"");
}

TEST(Heads, EndAtTheFirstColonOutsideBrackets) {
  EXPECT_EQ(meaning(say("API-DOWN: since 12:30: disks")),
            "report API DOWN - \"since 12:30: disks\"");
  EXPECT_EQ(meaning(say("API-DOWN [until 18:00]: a: b")), "report API DOWN - \"a: b\"");
}

TEST(Heads, LeaveAddressesAlone) {
  for (const auto text :
       {"API://example", "API-DOWN://example.com", "api://x", "API ://x", "http://x"}) {
    EXPECT_EQ(meaning(say(text)), "none") << text;
  }
  EXPECT_EQ(meaning(say("API-DOWN: //x")), "report API DOWN - \"//x\"");
}

TEST(Messages, RunToTheEndTrimmedWithTheirNewlines) {
  EXPECT_EQ(meaning(say("API-DOWN:\n one \n\n two: three \n ")),
            "report API DOWN - \"one \n\n two: three\"");
  EXPECT_EQ(meaning(say("\n\t API-DOWN: \u00A0x\u200B\u00A0\n")), "report API DOWN - \"x\"");
}

TEST(Messages, MustNotBeEmpty) {
  for (const auto text :
       {"API-DOWN:", "API-DOWN: ", "API:", "JS-IDENTIFIED:\n\n", "API-UP: \u00A0\u200B"}) {
    EXPECT_EQ(meaning(say(text)), "mistake empty_message > ") << text;
  }
}

TEST(Messages, AreValidWhateverWasSent) {
  EXPECT_EQ(meaning(say("API-DOWN: a\xFF b")), "report API DOWN - \"a\uFFFD b\"");
}

}  // namespace
}  // namespace signalbox::grammar
