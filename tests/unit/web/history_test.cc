#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "model/page_part.h"
#include "tests/unit/web/samples.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

/// Keeps incidents of last year; can be out of order.
class Years final : public Archive {
 public:
  std::optional<Incident> incident(std::string_view id) override {
    for (const Incident& one : kept) {
      if (one.id == id) return one;
    }
    return {};
  }
  std::optional<std::vector<Rollup>> rollups(const Stretch&) override {
    return std::vector<Rollup>();
  }
  std::optional<std::vector<Incident>> incidents(Time from, Time to) override {
    ++asked;
    if (broken) return {};
    std::vector<Incident> found;
    for (const Incident& one : kept) {
      if (one.opened < to && one.resolved.value_or(to) >= from) found.push_back(one);
    }
    return found;
  }
  std::vector<Incident> kept = {
      samples::incident("oldoldoldold", "API", samples::at("2026-03-07T10:00:00Z"), false),
      samples::incident("jsjsjsjsjsjs", "JS", samples::at("2026-03-08T10:00:00Z"), false),
      samples::incident("lastlastlast", "API", samples::at("2025-12-31T23:30:00Z"), false)};
  std::atomic<int> asked{0};
  std::atomic<bool> broken{false};
};

Snapshot since_2025() {
  Snapshot snapshot = samples::bad_night();
  snapshot.page.created = samples::at("2025-11-02T00:00:00Z");
  return snapshot;
}

/// Once the archive has answered.
std::string body_at(const SitePtr& site, const std::string& path) {
  while (site->pending(path)) std::this_thread::yield();
  const DocumentPtr found = site->find(path);
  return found == nullptr ? "" : found->body();
}

TEST(History, OfARecentMonthNeedsNoArchive) {
  Years archive;
  Snapshot young = samples::bad_night();
  young.page.created = samples::at("2026-11-05T00:00:00Z");
  const SitePtr site = render(samples::shared(young), nullptr, &archive);
  EXPECT_FALSE(site->pending("/history/2026-11"));
  const std::string html = body_at(site, "/history/2026-11");
  EXPECT_THAT(html, AllOf(HasSubstr("November 2026"), HasSubstr("Friday, 20 November 2026"),
                          HasSubstr("No incidents reported."), HasSubstr("incidents/aaaaaaaaaaaa"),
                          HasSubstr("href=\"../history\"")));
  EXPECT_THAT(html, AllOf(Not(HasSubstr(", 4 November 2026")), HasSubstr(", 5 November 2026"),
                          Not(HasSubstr("22 November 2026"))));
  EXPECT_THAT(html, AllOf(Not(HasSubstr("class=\"turn\"")), Not(HasSubstr("rel=\"prev\""))));
  EXPECT_EQ(archive.asked, 0);
}

TEST(History, OfAnOlderMonthIsMadeOnDemand) {
  Years archive;
  const SitePtr site = render(samples::shared(since_2025()), nullptr, &archive);
  EXPECT_TRUE(site->pending("/history/2026-03"));
  const std::string html = body_at(site, "/history/2026-03");
  EXPECT_THAT(html, AllOf(HasSubstr("March 2026"), HasSubstr("../incidents/oldoldoldold"),
                          HasSubstr("Tuesday, 31 March 2026"), HasSubstr("Sunday, 1 March 2026"),
                          HasSubstr("../history/2026-02"), HasSubstr("../history/2026-04"),
                          Not(HasSubstr("lastlastlast"))));
}

TEST(History, OfAMonthThatIsOverIsAskedForOnce) {
  Years archive;
  SitePtr site = render(samples::shared(since_2025()), nullptr, &archive);
  body_at(site, "/history/2026-03");
  const int asked = archive.asked;
  Snapshot later = since_2025();
  later.as_of += std::chrono::minutes(50);
  site = render(samples::shared(later), site, &archive);
  EXPECT_FALSE(site->pending("/history/2026-03"));
  EXPECT_THAT(body_at(site, "/history/2026-03"), HasSubstr("oldoldoldold"));
  EXPECT_EQ(archive.asked, asked);
}

TEST(History, IsOnlyOfMonthsOfThePage) {
  Years archive;
  const SitePtr site = render(samples::shared(since_2025()), nullptr, &archive);
  for (const std::string path :
       {"/history/2025-10", "/history/2026-12", "/history/2027-01", "/history/2026-13",
        "/history/2026-00", "/history/2026-1", "/history/2026-03/", "/history/", "/history/x",
        "/historyx", "/history/2026-03-01", "/history/02026-03", "/history/1970-01"}) {
    EXPECT_FALSE(site->pending(path)) << path;
    EXPECT_EQ(site->find(path), nullptr) << path;
  }
  EXPECT_EQ(archive.asked, 0) << "strangers' nonsense is no question";
}

TEST(History, CountsTheIncidentsOfEachMonth) {
  Years archive;
  const SitePtr site = render(samples::shared(since_2025()), nullptr, &archive);
  const std::string html = body_at(site, "/history");
  EXPECT_THAT(html, AllOf(HasSubstr(">March 2026</a> <span>2 incidents</span>"),
                          HasSubstr(">November 2026</a> <span>2 incidents</span>"),
                          HasSubstr(">December 2025</a> <span>1 incident</span>"),
                          HasSubstr(">November 2025</a> <span>0 incidents</span>"),
                          Not(HasSubstr("October 2025"))));
  EXPECT_LE(archive.asked, 3) << "a year each, and the first days of this month";
}

TEST(History, SaysWhatItCannotLookUp) {
  Years archive;
  archive.broken = true;
  const SitePtr site = render(samples::shared(since_2025()), nullptr, &archive);
  const std::string html = body_at(site, "/history/2026-03");
  EXPECT_THAT(html, AllOf(HasSubstr("cannot be looked up"), Not(HasSubstr("No incidents"))));
  EXPECT_THAT(body_at(site, "/history"), HasSubstr(">March 2026</a> <span>…</span>"));
}

TEST(History, WithoutAnArchiveIsOfThirtyDays) {
  const SitePtr site = render(samples::shared(since_2025()), nullptr, nullptr);
  const std::string html = body_at(site, "/history");
  EXPECT_THAT(html, AllOf(HasSubstr("Only the last 30 days are kept here."),
                          HasSubstr("October 2026"), Not(HasSubstr("September 2026"))));
  const std::string october = body_at(site, "/history/2026-10");
  EXPECT_THAT(october, AllOf(HasSubstr("Only the last 30 days"), HasSubstr("31 October 2026"),
                             Not(HasSubstr("1 October 2026\n"))));
  EXPECT_THAT(october, Not(HasSubstr("Monday, 5 October 2026"))) << "nothing is known of it";
  EXPECT_THAT(site->paths(), AllOf(Contains("/history/2026-11"), Contains("/history/2026-10"),
                                   Not(Contains("/history/2026-09"))));
}

/// JS is on a page of its own, the others on the main one.
Snapshot with_a_page_of_js() {
  Snapshot snapshot = since_2025();
  auto parts = std::make_shared<PageParts>();
  parts->main = {"API", "DB", "DOCS"};
  parts->others = {{"js", "JS", "https://x/pages/js", "", {"JS"}, {}}};
  snapshot.page.parts = parts;
  return snapshot;
}

TEST(History, OfAPageTellsNothingOfOthers) {
  Years archive;
  const Snapshot snapshot = with_a_page_of_js();
  const SitePtr site = render(samples::shared(snapshot), nullptr, &archive);
  const SitePtr js = site->pages().at(0).site;
  EXPECT_THAT(body_at(site, "/history/2026-03"),
              AllOf(HasSubstr("oldoldoldold"), Not(HasSubstr("jsjsjsjsjsjs"))));
  EXPECT_THAT(body_at(js, "/history/2026-03"),
              AllOf(Not(HasSubstr("oldoldoldold")), HasSubstr("jsjsjsjsjsjs")));
  EXPECT_THAT(body_at(js, "/history"), HasSubstr(">March 2026</a> <span>1 incident</span>"));
}

TEST(History, OfAPageHasAnIncidentInTheMonthInWhichItReachedThePage) {
  Years archive;
  Incident late =
      samples::incident("latelatelate", "API", samples::at("2026-02-28T23:00:00Z"), false);
  late.services["JS"] = State::up;
  late.updates[1].at = samples::at("2026-03-01T01:00:00Z");
  late.updates[1].affected = {{"JS", State::up, State::down}};
  late.updates[2].at = samples::at("2026-03-01T02:00:00Z");
  late.updates[2].affected = {{"API", State::down, State::up}, {"JS", State::down, State::up}};
  late.resolved = late.updates[2].at;
  for (Update& update : late.updates) update.about = {"API"};
  archive.kept.push_back(late);
  const Snapshot snapshot = with_a_page_of_js();
  const SitePtr site = render(samples::shared(snapshot), nullptr, &archive);
  const SitePtr js = site->pages().at(0).site;
  EXPECT_THAT(body_at(js, "/history/2026-03"), HasSubstr("latelatelate"));
  EXPECT_THAT(body_at(site, "/history/2026-02"), HasSubstr("latelatelate"));
  EXPECT_THAT(body_at(site, "/history/2026-03"), Not(HasSubstr("latelatelate")));
}

TEST(Reports, OfAPageTellNothingOfOthers) {
  Years archive;
  Incident shared =
      samples::incident("sharedshared", "JS", samples::at("2026-03-09T10:00:00Z"), false);
  shared.name = "API service, JS service: both";
  shared.services["API"] = State::up;
  archive.kept.push_back(shared);
  Snapshot snapshot = since_2025();
  snapshot.services[1].started = snapshot.page.created;
  auto parts = std::make_shared<PageParts>();
  parts->main = {"API", "DB", "DOCS"};
  parts->others = {{"js", "JS", "https://x/pages/js", "", {"JS"}, {}}};
  snapshot.page.parts = parts;
  const SitePtr site = render(samples::shared(snapshot), nullptr, &archive);
  const SitePtr js = site->pages().at(0).site;
  const std::string path = "/api/services/JS/reports/2026-03.json";
  Reply reply = js->ask(path, "", {});
  while (reply.later) reply = js->ask(path, "", {});
  ASSERT_EQ(reply.status, 200);
  EXPECT_THAT(reply.document->body(), AllOf(HasSubstr("sharedshared"), Not(HasSubstr("API"))));
  EXPECT_THAT(body_at(js, "/incidents/sharedshared"), Not(HasSubstr("API")));
  EXPECT_EQ(body_at(js, "/incidents/oldoldoldold"), "");
}

TEST(History, OfManyIncidentsIsCutAndSaysSo) {
  Years archive;
  archive.kept.clear();
  for (int i = 0; i < 700; ++i) {
    const std::string id = "many" + std::to_string(10000000 + i);
    archive.kept.push_back(samples::incident(
        id, "API", samples::at("2026-03-01T00:00:00Z") + std::chrono::minutes(60 * i), false));
  }
  const SitePtr site = render(samples::shared(since_2025()), nullptr, &archive);
  EXPECT_THAT(body_at(site, "/history/2026-03"), HasSubstr("more incidents in this month"));
}

TEST(Subscribe, NamesEveryWayToFollow) {
  const SitePtr site = render(samples::shared(samples::bad_night()), nullptr, nullptr);
  const std::string html = body_at(site, "/subscribe");
  for (const std::string way :
       {"https://mastodon.example/@status", "./history.atom", "./history.rss", "./feed.json",
        "./feeds/API.atom", "./feeds/DOCS.json", "./maintenance.ics", "./api/v2/summary.json",
        "https://status.acme.example/embed", "https://status.acme.example/badge.svg"}) {
    EXPECT_THAT(html, HasSubstr(way));
  }
  EXPECT_THAT(html, Not(HasSubstr("<form"))) << "nothing that does not work";
  EXPECT_THAT(body_at(site, "/"), HasSubstr("./subscribe"));
}

TEST(Subscribe, ShowsNoSnippetWithoutAnAddress) {
  Snapshot snapshot = samples::bad_night();
  snapshot.page.url = "";
  const SitePtr site = render(samples::shared(snapshot), nullptr, nullptr);
  EXPECT_THAT(body_at(site, "/subscribe"), Not(HasSubstr("<textarea")));
}

}  // namespace
}  // namespace signalbox::web
