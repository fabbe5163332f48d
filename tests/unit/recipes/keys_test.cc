// Keys go to the recipe's own host, in headers, and nowhere else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/recipes/trying.h"

namespace signalbox::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kKey = "s3cret-key";

TEST(Keys, GoToTheRecipesOwnHostInAHeader) {
  Try one(shipped("github_actions"), {{"repository", word("acme/app")}, {"token", word(kKey)}});
  EXPECT_EQ(one.answered(R"({"workflow_runs":[]})"), "pending");
  ASSERT_EQ(one.requests.size(), 1U);
  EXPECT_EQ(one.requests[0].url,
            "https://api.github.com/repos/acme/app/actions/runs?branch=main&"
            "exclude_pull_requests=true&per_page=50");
  EXPECT_THAT(one.requests[0].headers, ::testing::Contains(std::pair<std::string, std::string>(
                                           "Authorization", "Bearer " + kKey)));
}

TEST(Keys, AreNotSentWhereThereAreNone) {
  Try one(shipped("github_actions"), {{"repository", word("acme/app")}});
  one.answered("{}");
  for (const auto& [name, value] : one.requests.at(0).headers) EXPECT_NE(name, "Authorization");
}

TEST(Keys, FollowNoRedirect) {
  Try one(shipped("github_actions"), {{"repository", word("acme/app")}, {"token", word(kKey)}});
  const auto said = one.answered({{302, {{"location", "https://evil.test/"}}, ""}});
  EXPECT_THAT(said, HasSubstr("status 302"));
  EXPECT_EQ(one.requests.size(), 1U);
}

TEST(Keys, AreInNoComplaint) {
  for (const char* name : {"github_actions", "circleci", "alertmanager"}) {
    Asked asked = shipped_settings().at(name);
    asked["token"] = word(kKey);
    Try one(shipped(name), asked);
    EXPECT_THAT(one.answered({{403, {}, kKey}}), Not(HasSubstr(kKey)));
    ScriptedHttp cut([](const net::Request&) { return unavailable("cut off"); });
    EXPECT_THAT(Try::said(one.by(cut)), Not(HasSubstr(kKey)));
  }
}

TEST(Keys, GoToTheSecondRequestOnTheSameHostOnly) {
  Try one(shipped("circleci"), {{"project", word("gh/acme/app")}, {"token", word(kKey)}});
  const std::string first = R"({"items":[{"id":"abc-1","state":"created"}]})";
  EXPECT_EQ(one.answered({ok(first), ok(R"({"items":[]})")}), "pending");
  ASSERT_EQ(one.requests.size(), 2U);
  EXPECT_EQ(one.requests[1].url, "https://circleci.com/api/v2/pipeline/abc-1/workflow");
  EXPECT_EQ(one.requests[1].headers, one.requests[0].headers);
}

TEST(Keys, AreNotLedElsewhereByAnAnswer) {
  for (const char* id : {"../../x", "@evil.test/", "a b", "a?b", "", "x#", "%2e%2e"}) {
    Try one(shipped("circleci"), {{"project", word("gh/acme/app")}, {"token", word(kKey)}});
    const std::string first = std::string(R"({"items":[{"state":"created","id":")") + id + "\"}]}";
    EXPECT_THAT(one.answered({ok(first), ok("{}")}), HasSubstr("it has no pipeline")) << id;
    EXPECT_EQ(one.requests.size(), 1U) << id;
  }
}

std::vector<std::string> mistakes_of(const std::string& request, Asked asked = {}) {
  return Try(own("settings: {base: {as: url, default: 'https://a.test'}, key: {as: secret}, "
                 "branch: {}}\nrequest: " +
                 request + "\nrules: [{status: 200, state: UP}]\n"),
             std::move(asked))
      .mistakes();
}

TEST(Keys, MayNotStandInAnAddress) {
  const Asked keyed{{"key", word(kKey)}};
  for (const char* request : {"{url: '${base}/x?key=${key}'}", "{url: '${base}/${key}'}",
                              "{url: '${base}/x', query: {key: '${key}'}}"}) {
    const auto all = mistakes_of(request, keyed);
    EXPECT_THAT(all, ::testing::Contains(HasSubstr("`${key}` is a secret"))) << request;
    for (const auto& one : all) EXPECT_THAT(one, Not(HasSubstr(kKey)));
  }
}

TEST(Keys, MayNotGoToASecondHost) {
  EXPECT_THAT(mistakes_of("[{url: '${base}/1', take: {id: /id}}, {url: 'https://b.test/${id}'}]"),
              ElementsAre(HasSubstr("mine.yaml:2:54 asks another host than the first request")));
  EXPECT_THAT(mistakes_of("[{url: '${base}/1'}, {url: 'http://a.test/'}]"),
              ElementsAre(HasSubstr("asks another host")));
  EXPECT_THAT(mistakes_of("[{url: '${base}/1'}, {url: 'https://A.test/'}]"), IsEmpty());
}

TEST(Addresses, KeepTheirHostWhateverIsSet) {
  EXPECT_THAT(mistakes_of("{url: '${branch}/x'}", {{"branch", word("https://b.test")}}),
              ::testing::Contains(HasSubstr("must begin with its host")));
  EXPECT_THAT(mistakes_of("{url: 'https://${branch}/x'}", {{"branch", word("b.test")}}),
              ::testing::Contains(HasSubstr("must begin with its host")));
  EXPECT_THAT(mistakes_of("{url: '${base}${branch}'}", {{"branch", word("@b.test")}}),
              ::testing::Contains(HasSubstr("must begin with its host")));
  EXPECT_THAT(mistakes_of("{url: '${base}/${branch}'}", {{"branch", word("x/../y")}}),
              ::testing::Contains(HasSubstr("between slashes")));
  EXPECT_THAT(mistakes_of("{url: 'ftp://a.test/'}"), ::testing::Contains(HasSubstr("no request")));
}

TEST(Addresses, EncodeWhatIsSet) {
  Try one(own("settings: {base: {as: url, default: 'https://a.test/'}, branch: {}}\n"
              "request: {url: '${base}/b/${branch}', query: {q: '${branch}'}}\n"
              "rules: [{status: 200, state: UP}]\n"),
          {{"branch", word("fix/a b?&#")}});
  EXPECT_EQ(one.answered(""), "UP");
  EXPECT_EQ(one.requests.at(0).url, "https://a.test/b/fix/a%20b%3F%26%23?q=fix%2Fa%20b%3F%26%23");
}

}  // namespace
}  // namespace signalbox::testing
