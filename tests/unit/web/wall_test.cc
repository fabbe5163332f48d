#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/web/samples.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using testing::HasSubstr;
using testing::Not;

SitePtr site(const Snapshot& snapshot) {
  return render(samples::shared(snapshot), nullptr, nullptr);
}

std::string wall(const Snapshot& snapshot) { return site(snapshot)->find("/wall")->body(); }

std::string embed(const Snapshot& snapshot) { return site(snapshot)->find("/embed")->body(); }

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

Snapshot of_many(int services) {
  Snapshot snapshot = samples::bad_night();
  snapshot.services.clear();
  for (int i = 0; i < services; ++i) {
    snapshot.services.push_back(samples::service("S" + std::to_string(i), State::up));
  }
  snapshot.worst = State::up;
  return snapshot;
}

TEST(Wall, PutsTheWorstFirst) {
  const std::string html = wall(samples::bad_night());
  std::size_t before = 0;
  for (const char* name : {"API service</bdi></b> <span class=\"word\">DOWN",
                           "JS service</bdi></b> <span class=\"word\">ISSUE",
                           "DB service</bdi></b> <span class=\"word\">UNKNOWN",
                           "DOCS service</bdi></b> <span class=\"word\">UP"}) {
    const auto at = html.find(name);
    ASSERT_NE(at, std::string::npos) << name;
    EXPECT_GT(at, before) << name;
    before = at;
  }
}

TEST(Wall, TellsAnOpenIncidentNotInGreen) {
  const Snapshot snapshot = of_many(2);  // all UP, one incident open
  const std::string html = wall(snapshot);
  EXPECT_THAT(html, HasSubstr("<title>ISSUE – "));
  EXPECT_THAT(html, HasSubstr("<h1 class=\"issue\">"));
  for (const char* path : {"/wall", "/", "/services/S0", "/history"}) {
    EXPECT_THAT(site(snapshot)->find(path)->body(), HasSubstr("fill='%23b35900'/")) << path;
  }
  EXPECT_THAT(site(snapshot)->find_stale("/wall", samples::now())->body(),
              HasSubstr("<h1 class=\"unknown\">"));
}

TEST(Embed, TellsAnOpenIncidentNotInGreen) {
  EXPECT_THAT(embed(of_many(2)), HasSubstr("<main class=\"issue\">"));
}

TEST(Wall, SaysSinceWhenInFewWords) {
  Snapshot snapshot = samples::bad_night();
  EXPECT_THAT(wall(snapshot), HasSubstr(">02:50 UTC</time></span></div>"));
  snapshot.services[0].since -= std::chrono::hours(24);
  EXPECT_THAT(wall(snapshot), HasSubstr(">2026-11-20 02:50 UTC</time></span></div>"));
}

TEST(Wall, NamesWhoIsOnCall) {
  Snapshot snapshot = samples::bad_night();
  EXPECT_THAT(wall(snapshot), Not(HasSubstr("On call")));
  snapshot.page.on_call.names = {"Ada <b>"};
  EXPECT_THAT(wall(snapshot), HasSubstr("<span>On call</span> <b>Ada &lt;b&gt;</b>"));
}

TEST(Wall, SaysLoudlyThatItIsStale) {
  const SitePtr made = site(samples::bad_night());
  const std::string stale = made->find_stale("/wall", samples::now())->body();
  EXPECT_THAT(stale, HasSubstr("<main class=\"stale\""));
  EXPECT_THAT(stale, HasSubstr("<title>NOT UPDATED – Acme wall</title>"));
  EXPECT_THAT(
      stale,
      HasSubstr("role=\"alert\">NOT UPDATED <span>since <time datetime=\"2026-11-21T03:30:00Z\""));
  EXPECT_THAT(made->find("/wall")->body(), Not(HasSubstr("class=\"stale\"")));
}

TEST(Wall, LivesWithScriptAndWithout) {
  const DocumentPtr document = site(samples::bad_night())->find("/wall");
  EXPECT_THAT(document->body(),
              HasSubstr("<noscript><meta http-equiv=\"refresh\" content=\"30\"></noscript>"));
  const std::string& html = document->body();
  const auto from = html.find("<script src=\"") + 13;
  const std::string script = html.substr(from, html.find('"', from) - from);
  const DocumentPtr asset = site(samples::bad_night())->find(script.substr(1));
  ASSERT_NE(asset, nullptr) << script;
  EXPECT_THAT(asset->body(), HasSubstr("EventSource(said.top + \"live\")"));
  EXPECT_THAT(asset->content_type(), HasSubstr("text/javascript"));
  const std::string& head = document->bytes(Encoding::identity).head;
  EXPECT_THAT(head, HasSubstr("script-src 'self'; connect-src 'self'; "));
  EXPECT_THAT(head, HasSubstr("default-src 'none'"));
}

Snapshot in_states(int services, const std::vector<std::pair<State, int>>& troubled) {
  Snapshot snapshot = of_many(services);
  auto service = snapshot.services.begin();
  for (const auto& [state, count] : troubled) {
    for (int i = 0; i < count; ++i) (service++)->state = state;
  }
  return snapshot;
}

TEST(Wall, GivesEachServiceABoxWhereAllFit) {
  EXPECT_EQ(count(wall(of_many(30)), "<li "), 30U);
  EXPECT_THAT(wall(of_many(30)), Not(HasSubstr("<ul class=\"rest")));
}

TEST(Wall, CountsThoseThatAreUpInOneBoxWhereNotAllFit) {
  EXPECT_EQ(count(wall(of_many(31)), "<li "), 1U);
  EXPECT_THAT(wall(of_many(31)), HasSubstr("<b>31</b> <span class=\"word\">UP"));
  Snapshot many = of_many(1500);
  many.services[1499].state = State::down;
  const std::string html = wall(many);
  EXPECT_EQ(count(html, "<li "), 2U);
  EXPECT_THAT(html, HasSubstr("<b>1,499</b> <span class=\"word\">UP"));
  EXPECT_LT(html.find("S1499 service"), html.find("1,499"));
  EXPECT_THAT(html, Not(HasSubstr("S0 service")));
}

TEST(Wall, CountsWhatIsLeftOfEachStateWhereMoreAreInTroubleThanFit) {
  const std::string some = wall(in_states(300, {{State::down, 8}, {State::issue, 33}}));
  EXPECT_EQ(count(some, "<li "), 30U);
  EXPECT_THAT(some, HasSubstr("<li class=\"issue\"><svg class=\"mark\" aria-hidden=\"true\" "
                              "viewBox=\"0 0 20 20\"><use href=\"#issue\"/></svg>"
                              "<div><b>13 more</b> <span class=\"word\">ISSUE"));
  EXPECT_THAT(some, HasSubstr("<b>259</b> <span class=\"word\">UP"));
  const std::string all = wall(in_states(300, {{State::down, 300}}));
  EXPECT_EQ(count(all, "<li "), 30U);
  EXPECT_THAT(all, HasSubstr("<b>271 more</b> <span class=\"word\">DOWN"));
  EXPECT_THAT(wall(in_states(60, {{State::down, 40}, {State::maint, 20}})),
              HasSubstr("<b>20</b> <span class=\"word\">MAINT"))
      << "there are no more than what none has a box of";
}

TEST(Wall, HasAGridThatIsFullOfBoxes) {
  const struct {
    int services;
    const char* grid;
  } table[] = {{1, "c1 r1 p1 q1"},  {2, "c2 r1 p1 q2"},   {5, "c3 r2 p1 q5"},
               {6, "c3 r2 p1 q6"},  {8, "c4 r2 p1 q8"},   {10, "c4 r3 p2 q5"},
               {16, "c4 r4 p2 q8"}, {20, "c5 r4 p2 q10"}, {30, "c6 r5 p3 q10"}};
  for (const auto& row : table) {
    EXPECT_THAT(wall(of_many(row.services)),
                HasSubstr("<ul class=\"plain " + std::string(row.grid) + "\">"))
        << row.services;
  }
  EXPECT_THAT(wall(of_many(0)), Not(HasSubstr("<ul")));
}

TEST(Wall, MakesAFewTroubledAmongManyLarge) {
  const std::string html = wall(in_states(30, {{State::down, 1}, {State::unknown, 1}}));
  EXPECT_THAT(html, HasSubstr("<ul class=\"large c2 r1 p1 q2\">\n<li class=\"down\">"));
  EXPECT_THAT(html, HasSubstr("<ul class=\"plain c6 r5 p3 q10\">\n<li class=\"up\">"));
  EXPECT_EQ(count(html, "<li "), 30U);
  const std::string large = "<ul class=\"large";
  EXPECT_THAT(wall(in_states(20, {{State::down, 1}})), Not(HasSubstr(large))) << "all are";
  EXPECT_THAT(wall(in_states(30, {{State::down, 5}})), Not(HasSubstr(large))) << "no room for all";
  EXPECT_THAT(wall(in_states(300, {{State::down, 5}})), HasSubstr("<ul class=\"plain c3 r2 "))
      << "they have the screen to themselves";
}

TEST(Wall, CountsTheServicesWhereTheSentenceWouldBeLong) {
  Snapshot snapshot =
      in_states(40, {{State::down, 1}, {State::issue, 3}, {State::unknown, 1}, {State::maint, 1}});
  EXPECT_THAT(wall(snapshot),
              HasSubstr(">1 down, 3 with issues, 1 unknown, 1 in maintenance.</h1>"));
  EXPECT_THAT(site(snapshot)->find("/fr/wall")->body(),
              HasSubstr(">1 hors service, 3 perturbés, 1 inconnu, 1 en maintenance.</h1>"));
  EXPECT_THAT(wall(in_states(40, {{State::down, 1}})), HasSubstr(">S0 service is down.</h1>"));
}

TEST(Embed, IsTheOneDocumentThatMayBeFramed) {
  const SitePtr made = site(samples::bad_night());
  for (const std::string& path : made->paths()) {
    const std::string& head = made->find(path)->bytes(Encoding::identity).head;
    const bool framed = path.ends_with("/embed");
    EXPECT_EQ(head.find("X-Frame-Options: DENY") == std::string::npos, framed) << path;
    EXPECT_EQ(head.find("frame-ancestors *\r\n") != std::string::npos, framed) << path;
    EXPECT_EQ(head.find("frame-ancestors 'none'\r\n") != std::string::npos, !framed) << path;
  }
}

TEST(Embed, LeadsToThePageInTheWholeWindow) {
  EXPECT_THAT(embed(samples::bad_night()),
              HasSubstr("<a href=\"https://status.acme.example/\" target=\"_top\" rel=\"noopener\">"
                        "API service is down; "));
  Snapshot snapshot = samples::bad_night();
  snapshot.page.url = "";
  EXPECT_THAT(embed(snapshot), HasSubstr("<a href=\"/\" target=\"_top\""));
}

TEST(Embed, NamesAFewAndCountsTheRest) {
  EXPECT_EQ(count(embed(samples::bad_night()), "<li "), 3U);
  Snapshot many = of_many(60);
  EXPECT_EQ(count(embed(many), "<li "), 0U);
  for (ServiceView& service : many.services) service.state = State::issue;
  EXPECT_EQ(count(embed(many), "<li "), 4U);
  EXPECT_THAT(embed(many), HasSubstr("and 57 more"));
}

TEST(Embed, IsNotGreenWhenNobodyHasBeenHeard) {
  const std::string stale = site(of_many(2))->find_stale("/embed", samples::now())->body();
  EXPECT_THAT(stale, HasSubstr("<main class=\"unknown\">"));
  EXPECT_THAT(stale, HasSubstr("Not updated since"));
}

}  // namespace
}  // namespace signalbox::web
