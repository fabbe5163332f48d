// Each shipped recipe on an answer of the documented shape in each state.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/shared_material.h"
#include "tests/unit/recipes/trying.h"

namespace signalbox::testing {
namespace {

using ::testing::HasSubstr;

struct Row {
  std::string answer;
  std::string state;
};

void expect(const std::string& recipe, const Asked& more, const std::vector<Row>& rows) {
  Asked asked = shipped_settings().at(recipe);
  for (const auto& [key, value] : more) asked[key] = value;
  for (const Row& row : rows) {
    Try one(shipped(recipe), asked);
    EXPECT_THAT(one.mistakes(), ::testing::IsEmpty());
    EXPECT_THAT(one.answered(row.answer), HasSubstr(row.state)) << recipe << " " << row.answer;
  }
}

std::string indicator(const std::string& word) {
  return R"({"page":{"id":"kctbh9vrtdwd","name":"Far","url":"https://status.far.test"},"status":)"
         R"({"indicator":")" +
         word + R"(","description":"words"}})";
}

TEST(Statuspage, IsReadByItsIndicator) {
  expect("statuspage", {},
         {{indicator("none"), "UP"},
          {indicator("minor"), "ISSUE"},
          {indicator("major"), "DOWN"},
          {indicator("critical"), "DOWN"},
          {indicator("maintenance"), "pending"},
          {indicator("splendid"), "no rule fits"}});
  expect("statuspage", {{"maintenance", word("ISSUE")}}, {{indicator("maintenance"), "ISSUE"}});
}

std::string components(const std::string& git, const std::string& api) {
  return R"({"components":[{"id":"8l4ygp009s5s","name":"Git Operations","status":")" + git +
         R"("},{"id":"brv1bkgrwx7q","name":"API Requests","status":")" + api +
         R"("}],"status":{"indicator":"critical"}})";
}

TEST(Statuspage, IsReadByOneComponent) {
  const std::vector<Row> rows = {{components("major_outage", "operational"), "UP"},
                                 {components("operational", "degraded_performance"), "ISSUE"},
                                 {components("operational", "partial_outage"), "ISSUE"},
                                 {components("operational", "major_outage"), "DOWN"},
                                 {components("operational", "under_maintenance"), "pending"},
                                 {components("operational", "sleepy"), "no rule fits"}};
  expect("statuspage", {{"component", word("API Requests")}}, rows);
  expect("statuspage", {{"component_id", word("brv1bkgrwx7q")}}, rows);
  expect("statuspage", {{"component", word("Gone")}},
         {{components("operational", "operational"), "no rule fits"}});
}

TEST(Statuspage, IsReadAsItWasRecorded) {
  const std::string recorded = shared_material("statuspage/github-summary-2019-12-30.json");
  if (recorded.empty()) GTEST_SKIP() << "skipped, because the recorded page is not here";
  expect("statuspage", {}, {{recorded, "UP"}});
  expect("statuspage", {{"component", word("GitHub Actions")}}, {{recorded, "UP"}});
  expect("statuspage", {{"component", word("GitHub Lions")}}, {{recorded, "no rule fits"}});
}

std::string heroku(const std::string& apps, const std::string& data, const std::string& tools) {
  return R"({"status":[{"system":"Apps","status":")" + apps + R"("},{"system":"Data","status":")" +
         data + R"("},{"system":"Tools","status":")" + tools +
         R"("}],"incidents":[],"scheduled":[]})";
}

TEST(Heroku, IsAsBadAsItsWorstSystem) {
  expect("heroku", {},
         {{heroku("green", "green", "green"), "UP"},
          {heroku("green", "yellow", "green"), "ISSUE"},
          {heroku("green", "yellow", "red"), "DOWN"},
          {heroku("green", "blue", "green"), "pending"},
          {heroku("green", "mauve", "green"), "no rule fits"}});
  expect("heroku", {{"system", words({"Apps", "Data"})}},
         {{heroku("green", "green", "red"), "UP"}, {heroku("red", "green", "green"), "DOWN"}});
}

std::string run_of(const std::string& workflow, const std::string& minute,
                   const std::string& status, const std::string& conclusion) {
  return R"({"name":")" + workflow + R"(","head_branch":"main","created_at":"2026-11-21T03:)" +
         minute + R"(:00Z","status":")" + status + R"(","conclusion":)" +
         (conclusion.empty() ? "null" : "\"" + conclusion + "\"") + "}";
}
std::string runs(const std::string& list) {
  return R"({"total_count":9,"workflow_runs":[)" + list + "]}";
}

TEST(GithubActions, AreReadByTheNewestRunThatEnded) {
  const std::string good = run_of("CI", "10", "completed", "success");
  const std::string bad = run_of("CI", "20", "completed", "failure");
  expect("github_actions", {},
         {{runs(good), "UP"},
          {runs(bad + "," + good), "ISSUE"},
          {runs(good + "," + bad), "ISSUE"},
          {runs(run_of("CI", "30", "completed", "success") + "," + bad), "UP"},
          {runs(run_of("CI", "30", "in_progress", "") + "," + bad), "ISSUE"},
          {runs(run_of("CI", "30", "completed", "cancelled") + "," + bad), "ISSUE"},
          {runs(run_of("CI", "30", "completed", "timed_out")), "ISSUE"},
          {runs(run_of("Lint", "05", "completed", "failure") + "," + good), "ISSUE"},
          {runs(run_of("CI", "30", "queued", "")), "pending"},
          {runs(run_of("CI", "30", "in_progress", "")), "pending"},
          {runs(""), "pending"}});
  expect("github_actions", {{"failed", word("DOWN")}}, {{runs(bad), "DOWN"}});
  expect("github_actions", {{"workflow", word("CI")}},
         {{runs(run_of("Lint", "05", "completed", "failure") + "," + good), "UP"}});
}

std::string workflows(const std::string& list) {
  return R"({"next_page_token":null,"items":[)" + list + "]}";
}
std::string workflow(const std::string& name, const std::string& minute,
                     const std::string& status) {
  return R"({"pipeline_id":"5034460f","id":"fda08377","name":")" + name +
         R"(","project_slug":"gh/acme/app","status":")" + status +
         R"(","created_at":"2026-11-21T03:)" + minute + R"(:00Z","stopped_at":null})";
}
std::string pipelines(const std::string& state) {
  return R"({"next_page_token":null,"items":[{"id":"5034460f-c7c4-4c43-9457-de07e2029e7b",)"
         R"("errors":[],"project_slug":"gh/acme/app","number":25,"state":")" +
         state + R"("}]})";
}
std::string circleci(const std::string& pipeline, const std::string& flows, Asked more = {}) {
  Asked asked = shipped_settings().at("circleci");
  asked.merge(more);
  Try one(shipped("circleci"), asked);
  EXPECT_THAT(one.mistakes(), ::testing::IsEmpty());
  return one.answered({ok(pipeline), ok(flows)});
}

TEST(Circleci, IsReadByTheWorkflowsOfTheLatestPipeline) {
  const auto one = [](const std::string& status) {
    return circleci(pipelines("created"), workflows(workflow("build", "10", status)));
  };
  EXPECT_EQ(one("success"), "UP");
  for (const char* bad : {"failed", "failing", "error", "unauthorized"})
    EXPECT_EQ(one(bad), "ISSUE");
  for (const char* later : {"running", "on_hold", "canceled", "not_run"})
    EXPECT_EQ(one(later), "pending");
  EXPECT_THAT(one("dreaming"), HasSubstr("no rule fits"));
  EXPECT_EQ(circleci(pipelines("created"), workflows("")), "pending");
  EXPECT_EQ(circleci(pipelines("errored"), "never asked for"), "ISSUE");
  EXPECT_EQ(circleci(pipelines("pending"), "never asked for"), "pending");
  EXPECT_EQ(circleci(workflows(""), "never asked for"), "pending");
}

TEST(Circleci, LooksAtTheNewestRunOfEachWorkflow) {
  const std::string again =
      workflows(workflow("build", "30", "success") + "," + workflow("build", "10", "failed"));
  EXPECT_EQ(circleci(pipelines("created"), again), "UP");
  const std::string two =
      workflows(workflow("deploy", "20", "failed") + "," + workflow("build", "10", "success"));
  EXPECT_EQ(circleci(pipelines("created"), two), "ISSUE");
  EXPECT_EQ(circleci(pipelines("created"), two, {{"failed", word("DOWN")}}), "DOWN");
  EXPECT_EQ(circleci(pipelines("created"), two, {{"workflow", word("build")}}), "UP");
}

std::string alert(const std::string& labels, const std::string& state = "active",
                  const std::string& ends = "2026-11-21T04:05:00Z") {
  return R"({"annotations":{},"endsAt":")" + ends +
         R"(","fingerprint":"fae0a7664527af6d","receivers":[{"name":"hook"}],)"
         R"("startsAt":"2026-11-21T03:13:20.966Z","status":{"inhibitedBy":[],"silencedBy":[],)"
         R"("state":")" +
         state + R"("},"updatedAt":"2026-11-21T03:50:35Z","labels":{)" + labels + "}}";
}
const std::string kPage = R"("alertname":"BackendDown","service":"API","severity":"page")";
const std::string kCritical = R"("alertname":"Melting","service":"API","severity":"critical")";

TEST(Alertmanager, IsReadByTheAlertsThatFire) {
  const std::string past = "2026-11-21T03:59:59Z";
  expect("alertmanager", {},
         {{"[]", "UP"},
          {"[" + alert(kPage) + "]", "ISSUE"},
          {"[" + alert(kPage) + "," + alert(kCritical) + "]", "DOWN"},
          {"[" + alert(kCritical, "suppressed") + "]", "UP"},
          {"[" + alert(kCritical, "unprocessed") + "]", "UP"},
          {"[" + alert(kCritical, "active", past) + "]", "UP"},
          {"[" + alert(R"("alertname":"Bare")") + "]", "ISSUE"}});
  expect("alertmanager", {{"down", words({"page", "critical"})}},
         {{"[" + alert(kPage) + "]", "DOWN"}});
}

TEST(Alertmanager, BelongsToAServiceByItsLabel) {
  expect("alertmanager", {{"service", word("API")}}, {{"[" + alert(kCritical) + "]", "DOWN"}});
  expect("alertmanager", {{"service", word("JS")}}, {{"[" + alert(kCritical) + "]", "UP"}});
  expect("alertmanager", {{"service", word("Melting")}, {"label", word("alertname")}},
         {{"[" + alert(kCritical) + "]", "DOWN"}});
}

TEST(Alertmanager, IsBelievedOnlyWhileItsWatchdogBarks) {
  const std::string dog = alert(R"("alertname":"Watchdog","severity":"none")");
  expect("alertmanager", {{"watchdog", word("Watchdog")}},
         {{"[]", "lacks what it needs"},
          {"[" + alert(kCritical) + "]", "lacks what it needs"},
          {"[" + dog + "]", "UP"},
          {"[" + dog + "," + alert(kPage) + "]", "ISSUE"}});
}

TEST(Alertmanager, IsAskedWithItsOwnMatchers) {
  Try one(shipped("alertmanager"), {{"base_url", word("http://am.test")},
                                    {"matchers", words({"team=\"web\"", "severity=~\"a|b\""})}});
  EXPECT_EQ(one.answered("[]"), "UP");
  EXPECT_THAT(one.requests.at(0).url,
              ::testing::EndsWith("filter=team%3D%22web%22&filter=severity%3D~%22a%7Cb%22"));
}

std::string atom(const std::string& entries) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<feed xml:lang="en-US" xmlns="http://www.w3.org/2005/Atom"><title>Far</title>)" +
         entries + "</feed>";
}
std::string entry(const std::string& updated, const std::string& content) {
  return "<entry><published>2026-11-01T00:00:00Z</published><updated>" + updated +
         "</updated><title>Trouble</title><content type=\"html\">&lt;p&gt;&lt;strong&gt;" +
         content + "&lt;/strong&gt;&lt;/p&gt;</content></entry>";
}
std::string rss(const std::string& items) {
  return R"(<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Far)"
         "</title>" +
         items + "</channel></rss>";
}
std::string item(const std::string& date, const std::string& title) {
  return "<item><title>" + title + "</title>" + date + "</item>";
}

TEST(Feed, IsReadByItsNewestEntry) {
  const std::string now = "2026-11-21T03:30:00Z";
  const std::string earlier = "2026-11-21T02:30:00Z";
  expect("feed", {},
         {{atom(""), "UP"},
          {atom(entry(now, "Investigating")), "ISSUE"},
          {atom(entry(now, "Resolved")), "UP"},
          {atom(entry("2026-11-19T03:30:00Z", "Investigating")), "UP"},
          {atom(entry(earlier, "Investigating") + entry(now, "Resolved")), "UP"},
          {atom(entry(earlier, "Resolved") + entry(now, "Investigating")), "ISSUE"},
          {atom(entry(now, "Major outage in Paris")), "DOWN"},
          {atom(entry("yesterday", "Investigating")), "no time"}});
  expect("feed", {{"within", word("10m")}}, {{atom(entry(now, "Investigating")), "UP"}});
  expect("feed", {{"over", word("(?i)\\bfixed\\b")}}, {{atom(entry(now, "Resolved")), "ISSUE"}});
}

TEST(Feed, MayBeRssOfAnyAge) {
  const std::string mail = "<pubDate>Sat, 21 Nov 2026 04:30:00 +0100</pubDate>";
  const std::string dublin = "<dc:date>2026-11-21T03:30:00Z</dc:date>";
  expect("feed", {},
         {{rss(""), "UP"},
          {rss(item(mail, "Slow")), "ISSUE"},
          {rss(item(mail, "[Resolved] Slow")), "UP"},
          {rss(item(dublin, "Slow")), "ISSUE"},
          {rss(item("", "Slow")), "no time"}});
}

}  // namespace
}  // namespace signalbox::testing
