#include "app/prepare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/cli/check_config.h"
#include "web/public/pass.h"

namespace signalbox::app {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

Prepared prepared(const std::string& text) { return prepare(config::load_text(text, "x.yaml")); }

std::string mistakes(const std::string& text) {
  std::ostringstream all;
  tell(prepared(text).misfits, all);
  return all.str();
}

TEST(Prepare, RefusesKindsThatAreNotBuilt) {
  const auto all = mistakes(
      "services:\n  - {id: API, checks: [{kind: moon_phase}]}\n"
      "accounts: [{id: a, kind: telegraph}]\nsources: [{id: s, kind: sundial}]\n");
  EXPECT_THAT(all,
              HasSubstr("x.yaml:2:31: no check of this kind in this build; known are http, tcp"));
  EXPECT_THAT(all,
              HasSubstr("x.yaml:3:26: no network of this kind in this build; known are local"));
  EXPECT_THAT(all, HasSubstr("x.yaml:4:25: no source of this kind"));
}

TEST(Prepare, RefusesAServiceThatStartsFarAhead) {
  EXPECT_THAT(mistakes("services:\n  - {id: API, start: 2099-01-01}\n"),
              HasSubstr("x.yaml:2:10: `start` of API is 2099-01-01, more than a year ahead"));
  const std::string soon = Zone().date_text(SystemClock().now() + std::chrono::days(30));
  EXPECT_EQ(mistakes("services:\n  - {id: API, start: " + soon + "}\n"), "");
}

TEST(Prepare, TellsTheConnectorsOwnMistakesWithTheLoaders) {
  const auto all = mistakes(
      "pge: 1\nservices: [{id: API}]\naccounts:\n  - {id: ops, kind: slack, chanel: C1, token: "
      "t}\n");
  EXPECT_THAT(all, HasSubstr("x.yaml:1:1: unknown key `pge`"));
  EXPECT_THAT(all, HasSubstr("x.yaml:4:5: `channel` is missing"));
  EXPECT_THAT(all, HasSubstr("x.yaml:4:28: unknown key `chanel`; did you mean `channel`?"));
}

TEST(Prepare, TellsNamesWhereIdsBelong) {
  const auto all = mistakes(
      "services: [{id: API}]\naccounts:\n"
      "  - {id: a, kind: mastodon, base_url: 'http://x', token: t, account: '@ops'}\n"
      "  - {id: b, kind: slack, token: t, channel: '#ops'}\n");
  EXPECT_THAT(all, HasSubstr("x.yaml:3:70: `account` must be the account's id"));
  EXPECT_THAT(all, HasSubstr("x.yaml:4:45: `channel` must be the channel's id, such as C0123"));
}

TEST(Prepare, TellsMistakesOfChecks) {
  const auto all = mistakes(
      "services:\n  - {id: API, checks: [{kind: tcp}]}\n"
      "  - {id: JS, checks: [{kind: http, url: 'http://x/', evry: 9s, expect: {status: OK}}]}\n"
      "  - {id: DB, checks: [{kind: tcp, address: 'x:1', every: 10ms}]}\n");
  EXPECT_THAT(all, HasSubstr("x.yaml:2:24: `address` is missing"));
  EXPECT_THAT(all, HasSubstr("x.yaml:3:54: unknown key `evry`; did you mean `every`?"));
  EXPECT_THAT(all, HasSubstr("x.yaml:3:81: `expect.status` must be a status"));
  EXPECT_THAT(all, HasSubstr("x.yaml:4:58: `every`"));
  EXPECT_THAT(mistakes("services: [{id: A, checks: [{kind: http, url: 'http://x/', expect: {sttus: "
                       "200}}]}]\n"),
              HasSubstr("unknown key `expect.sttus`"));
}

TEST(Prepare, TellsMistakesOfRecipesInTheirFilesAndOfWhatIsSetForThem) {
  const auto check = [](const std::string& rest) {
    return mistakes("services: [{id: A, checks: [{kind: recipe, " + rest + "}]}]\n");
  };
  EXPECT_EQ(check("recipe: heroku, system: [Apps, Data], every: 2m"), "");
  EXPECT_THAT(check("every: 1m"), HasSubstr("x.yaml:1:29: `recipe` is missing"));
  EXPECT_THAT(check("recipe: github_actions"), HasSubstr("x.yaml:1:29: `repository` is missing"));
  EXPECT_THAT(check("recipe: heroku, sytem: Apps"),
              HasSubstr("x.yaml:1:60: unknown key `sytem`; did you mean `system`?"));
  EXPECT_THAT(check("recipe: heroku, system: Lamps"),
              HasSubstr("x.yaml:1:68: `system` must be Apps"));
  EXPECT_EQ(
      check("recipe: herku, system: Apps"),
      "x.yaml:1:52: there is no recipe of this name; did you mean `heroku`?; a file of yours is a "
      "path such as ./mine.yaml\n");
}

TEST(Prepare, NamesTheRecipesFileWhenItIsWrong) {
  const std::string dir = testing::TempDir() + "recipes_of_prepare";
  std::filesystem::create_directories(dir);
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(dir + "/" + name) << text;
  };
  const std::string start = "request: {url: 'http://a.test/'}\n";
  write("shape.yaml", start + "rules: [{status: 200, stat: UP}]\n");
  write("words.yaml", start + "rules: [{css: 'a:hover', state: UP}]\n");
  write("fine.yaml", start + "rules: [{status: 200, state: UP}]\n");
  const auto told = [&](const std::string& recipe) {
    const std::string check = "{kind: recipe, recipe: " + recipe + "}";
    write("x.yaml", "services: [{id: A, checks: [" + check + ", " + check + "]}]\n");
    std::ostringstream all;
    tell(prepare(dir + "/x.yaml").misfits, all);
    return all.str();
  };
  EXPECT_EQ(told("fine.yaml"), "");
  EXPECT_THAT(told("shape.yaml"), HasSubstr(dir + "/shape.yaml:2:23: unknown key `stat`"));
  EXPECT_THAT(told("shape.yaml"), HasSubstr(dir + "/shape.yaml:2:9: a rule needs `state`"));
  EXPECT_EQ(told("words.yaml"), dir +
                                    "/words.yaml:2:15: `:hover` is not among the selectors known "
                                    "here; an `xpath` may say it\n")
      << "once, though two checks use it";
}

TEST(Setup, RestartsACheckWhoseRecipeChanged) {
  const std::string dir = testing::TempDir() + "recipes_of_setup";
  std::filesystem::create_directories(dir);
  std::ofstream(dir + "/x.yaml")
      << "services: [{id: A, checks: [{kind: recipe, recipe: r.yaml}]}]\n";
  const auto fingerprint = [&](const std::string& state) {
    std::ofstream(dir + "/r.yaml")
        << "request: {url: 'http://a.test/'}\nrules: [{status: 200, state: " + state + "}]\n";
    return prepare(dir + "/x.yaml").setup.checks.at(0).fingerprint;
  };
  const auto before = fingerprint("UP");
  EXPECT_EQ(fingerprint("UP"), before);
  EXPECT_NE(fingerprint("ISSUE"), before);
}

TEST(Prepare, TellsAMissingSecretOnce) {
  const auto all = prepared(
      "services: [{id: API}]\n"
      "accounts: [{id: ops, kind: slack, channel: C1, token: '${SB_NOT_SET}'}]\n");
  ASSERT_EQ(all.misfits.size(), 1U);
  EXPECT_THAT(all.misfits[0].what, HasSubstr("SB_NOT_SET"));
  EXPECT_FALSE(all.config);
}

TEST(Prepare, TellsABadIdOnceAndAtItsPlaceOnly) {
  for (const std::string bad : {"{id: 'A B'}", "{name: x}", "{id: -x, group: Core}", "{id: ''}"}) {
    const auto all = mistakes("services:\n  - " + bad + "\n  - {id: JS}\n  - {id: DB}\n");
    EXPECT_THAT(all, testing::StartsWith("x.yaml:2:"));
    EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 1) << all;
  }
}

TEST(Prepare, TellsWhatMayBeRead) {
  const auto account = [](const std::string& rest) {
    return mistakes(
        "services: [{id: API}]\naccounts:\n  - {id: a, token: t, base_url: 'http://x', " + rest +
        "}\n");
  };
  EXPECT_EQ(account("kind: mastodon, read: [timeline, mentions]"), "");
  EXPECT_EQ(account("kind: mastodon, read: [timeline]"), "");
  EXPECT_EQ(account("kind: twitter, user: '1', read: [mentions, timeline]"), "");
  EXPECT_THAT(account("kind: mastodon, read: [mentions]"),
              HasSubstr("x.yaml:3:67: `read` must be [timeline] or [timeline, mentions]"));
  EXPECT_THAT(account("kind: twitter, user: '1', read: mentions"),
              HasSubstr("x.yaml:3:77: `read`"));
  EXPECT_THAT(account("kind: mastodon, read: []"), HasSubstr("x.yaml:3:67: `read`"));
  EXPECT_THAT(account("kind: slack, channel: C1, read: [timeline]"),
              HasSubstr("x.yaml:3:71: unknown key `read`"));
}

TEST(Prepare, PlacesClashesOfNames) {
  EXPECT_THAT(mistakes("services:\n  - {id: API}\n  - {id: api}\n"), HasSubstr("x.yaml:3:10: "));
}

TEST(Setup, TakesDefaultsFromTheKind) {
  const auto all = prepared(
      "services: [{id: API}]\naccounts:\n"
      "  - {id: ops, kind: slack, channel: C1, token: t, authors: members, staff: true}\n");
  ASSERT_TRUE(all.config) << all.misfits.at(0).what;
  const auto& plan = all.setup.plan;
  EXPECT_EQ(plan.local_account, "local");
  ASSERT_EQ(plan.accounts.size(), 2U);
  EXPECT_EQ(plan.accounts[0].label, "Slack");
  EXPECT_EQ(plan.accounts[0].authors, Authors::members);
  EXPECT_EQ(plan.accounts[0].thread_replies, ThreadReplies::ignore);
  EXPECT_EQ(plan.accounts[0].notices, Notices::when_addressed);
  EXPECT_TRUE(plan.accounts[0].staff);
  EXPECT_EQ(plan.rules.accounts.at("ops"), plan.accounts[0]);
}

TEST(Setup, LetsNobodySpeakForAnAccountButThoseNamed) {
  const auto policy = [](const std::string& rest) {
    return prepared(
               "services: [{id: API}]\naccounts:\n  - {id: a, token: t, base_url: 'http://x', " +
               rest + "}\n")
        .setup.plan.accounts.at(0);
  };
  EXPECT_EQ(policy("kind: mastodon, account: '109'").authors, Authors::itself);
  EXPECT_THAT(policy("kind: mastodon, account: '109'").author_ids, ElementsAre("109"));
  EXPECT_THAT(policy("kind: twitter, user: '12'").author_ids, ElementsAre("12"));
  EXPECT_EQ(policy("kind: slack, channel: C1").authors, Authors::listed) << "a channel is no one's";
  EXPECT_THAT(policy("kind: slack, channel: C1").author_ids, testing::IsEmpty());
}

TEST(Setup, RestartsOnlyWhatChanged) {
  const auto setup = [](const std::string& limit, const std::string& channel) {
    return prepared(
               "services: [{id: API}]\naccounts:\n  - {id: ops, kind: slack, token: t, channel: " +
               channel + ", limit: " + limit + "}\n")
        .setup.accounts.at(0);
  };
  const auto before = setup("10", "C1");
  EXPECT_EQ(setup("10", "C1").fingerprint, before.fingerprint);
  EXPECT_NE(setup("20", "C1").fingerprint, before.fingerprint);
  EXPECT_EQ(setup("20", "C1").cursor_of, before.cursor_of);
  EXPECT_NE(setup("10", "C2").cursor_of, before.cursor_of);
}

TEST(Setup, MakesSourcesOfChecks) {
  const auto all = prepared(
      "services:\n"
      "  - {id: JS, checks: [{kind: http, url: 'http://x/'}, {kind: tcp, address: 'x:1', every: "
      "2m},\n"
      "                      {kind: http, url: 'http://y/', every: 5s}]}\n"
      "  - {id: API, availability: {source: p, good: g, total: t}, checks: [{kind: http, url: "
      "'http://z/'}]}\n"
      "sources: [{id: p, kind: prometheus, every: 60s}]\n");
  ASSERT_TRUE(all.config) << all.misfits.at(0).what;
  const auto& checks = all.setup.checks;
  ASSERT_EQ(checks.size(), 4U);
  EXPECT_EQ(checks[0].setup.id, "JS/http/1");
  EXPECT_EQ(checks[0].setup.every, std::chrono::seconds(30));
  EXPECT_EQ(checks[1].setup.id, "JS/tcp/1");
  EXPECT_EQ(checks[1].setup.every, std::chrono::minutes(2));
  EXPECT_EQ(checks[2].setup.id, "JS/http/2");
  EXPECT_EQ(checks[3].setup.questions.at(0).service, "API");
  const auto& plan = all.setup.plan;
  EXPECT_THAT(plan.sources.at("JS"), ElementsAre("http check", "tcp check"));
  EXPECT_THAT(plan.sources.at("API"), ElementsAre("prometheus p", "http check"));
  EXPECT_EQ(plan.intervals.at("JS"), std::chrono::seconds(30));
  EXPECT_EQ(plan.intervals.at("API"), std::chrono::seconds(60));
  EXPECT_EQ(plan.check_rules.at("JS/tcp/1").every, std::chrono::minutes(2));
}

TEST(Prepare, TellsMistakesOfTheRulesOfChecks) {
  const auto check = [](const std::string& rest) {
    return mistakes("services:\n  - {id: A, checks: [{kind: http, url: 'http://x/', " + rest +
                    "}]}\n");
  };
  EXPECT_EQ(check("down_after: 1, of: 1, up_after: 5, tries: {of: 3, confirm: 2, apart: 1s}"), "");
  EXPECT_EQ(check("headers: {X-Key: k, Accept: text/html}, redirects: 3, slow_after: 1s"), "");
  EXPECT_THAT(check("down_after: 4"),
              HasSubstr("x.yaml:2:65: `down_after` must not be above `of`"));
  EXPECT_THAT(check("of: 21"), HasSubstr("x.yaml:2:57: `of`"));
  EXPECT_THAT(check("tries: {of: 2, confirm: 3}"), HasSubstr("x.yaml:2:77: `tries.confirm`"));
  EXPECT_THAT(check("tries: {off: 2}"), HasSubstr("unknown key `tries.off`; did you mean"));
  EXPECT_THAT(check("headers: {'a b': x}"), HasSubstr("x.yaml:2:70: `headers.a b` is no header"));
  EXPECT_THAT(check("headers: [a]"), HasSubstr("unknown key `headers`"));
  EXPECT_THAT(
      mistakes("services:\n  - {id: A, checks: [{kind: dns, name: 'a b', type: Q, server: x, "
               "expect: {any: 1}}]}\n"),
      AllOf(HasSubstr("`name` must be a domain"), HasSubstr("`type` must be one of A, AAAA"),
            HasSubstr("`server` must be an address"), HasSubstr("`expect.any` holds")));
}

TEST(Setup, GivesEveryCheckItsRules) {
  const auto all = prepared(
      "services: [{id: A, checks: [{kind: http, url: 'http://x/', of: 5, down_after: 4}, {kind: "
      "tcp, "
      "address: 'x:1', of: 1}]}]\n");
  ASSERT_TRUE(all.config) << all.misfits.at(0).what;
  const auto& rules = all.setup.plan.check_rules;
  EXPECT_EQ(rules.at("A/http/1"), (CheckRules{std::chrono::seconds(30), 4, 5, 2}));
  EXPECT_EQ(rules.at("A/tcp/1"), (CheckRules{std::chrono::seconds(30), 1, 1, 2}))
      << "no more than `of`";
}

TEST(Setup, RestartsACheckThatChanged) {
  const auto check = [](const std::string& rest) {
    return prepared("services: [{id: A, checks: [{kind: http, url: 'http://x/'" + rest + "}]}]\n")
        .setup.checks.at(0)
        .fingerprint;
  };
  EXPECT_EQ(check(""), check(", every: 30s")) << "the default, spelt out";
  EXPECT_NE(check(""), check(", every: 31s"));
  EXPECT_NE(check(""), check(", expect: {status: 200}"));
}

TEST(CheckConfig, ExitsWithTwoWhenTheFileIsWrong) {
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(check_config("/not/there.yaml", out, err), 2);
  EXPECT_THAT(err.str(), HasSubstr("/not/there.yaml:1:1: "));
  EXPECT_EQ(out.str(), "");
}

TEST(CheckConfig, SaysAMistakeInOneLineWhateverItQuotes) {
  const std::string key = mistakes("services: {API: {}}\n\"\\e[2Jx\\ny\": 1\n");
  EXPECT_THAT(key, HasSubstr("`\\x1b[2Jx\\ny`"));
  const std::string connectors = mistakes(
      "services: [{id: API, availability: {source: p}}]\nsources: [{id: p, kind: prometheus, "
      "base_url: 'http://x', ca_file: \"/x\\e[2J\\ny\"}]\n");
  EXPECT_THAT(connectors, HasSubstr("/x\\x1b[2J\\ny"));
  for (const std::string& said : {key, connectors}) {
    EXPECT_EQ(said.find('\x1b'), std::string::npos);
    EXPECT_EQ(said.find("\ny"), std::string::npos);
  }
}

TEST(CheckConfig, SaysInOneLineWhateverTheFileIsCalled) {
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(check_config("/not/\x1b[2J\nx.yaml", out, err), 2);
  EXPECT_THAT(err.str(), testing::StartsWith("/not/\\x1b[2J\\nx.yaml:1:1: "));
}

TEST(CheckConfig, AcceptsTheExample) {
  for (const char* name :
       {"GITHUB_TOKEN", "JS_KEY", "MASTODON_TOKEN", "PUSH_TOKEN", "S3_KEY_ID", "S3_SECRET",
        "SLACK_TOKEN", "X_CONSUMER_KEY", "X_CONSUMER_SECRET", "X_TOKEN", "X_TOKEN_SECRET"}) {
    ASSERT_EQ(setenv(name, "x", 1), 0);
  }
  ASSERT_EQ(setenv("PARTNERS_TOKEN", "twenty-two-bytes-or-more", 1), 0);
  ASSERT_EQ(setenv("STAFF_HASH", web::hash_of_password("correct horse").c_str(), 1), 0);
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(check_config(SIGNALBOX_ROOT "/config/example.yaml", out, err), 0) << err.str();
}

}  // namespace
}  // namespace signalbox::app
