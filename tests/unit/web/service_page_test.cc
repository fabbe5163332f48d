#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <semaphore>
#include <thread>

#include "tests/unit/web/samples.h"
#include "web/documents/assets.h"
#include "web/documents/histories.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;
using testing::Not;

/// An archive in which every step had a thousand requests, and which can be made to wait.
class Even final : public Archive {
 public:
  std::optional<Incident> incident(std::string_view) override { return std::nullopt; }
  std::optional<std::vector<Rollup>> rollups(const Stretch& stretch) override {
    ++asked;
    if (!there) return std::nullopt;
    std::vector<Rollup> list;
    for (Time t = stretch.from; t < stretch.to; t += stretch.step) {
      Rollup rollup;
      rollup.from = t;
      rollup.span = stretch.step;
      rollup.requests = {991, 1000};
      rollup.latencies.add(Duration(20), 1000);
      list.push_back(rollup);
    }
    return list;
  }
  std::atomic<int> asked{0};
  std::atomic<bool> there{true};
};

Snapshot with_days() {
  Snapshot snapshot = samples::bad_night();
  std::vector<Rollup> list;
  const auto today = std::chrono::floor<days>(snapshot.as_of);
  for (int ago = 89; ago >= 0; --ago) {
    Rollup rollup;
    rollup.from = today - days(ago);
    rollup.span = days(1);
    rollup.requests = {998, 1000};
    rollup.states = {.up = 86000, .down = ago == 8 ? 400.0 : 0.0};
    list.push_back(rollup);
  }
  for (ServiceView& service : snapshot.services) {
    service.days = std::make_shared<const std::vector<Rollup>>(list);
  }
  return snapshot;
}

const std::string kPath = "/services/API";

std::string settled(const SitePtr& site) {
  while (site->pending(kPath)) std::this_thread::yield();
  return site->find(kPath)->body();
}

std::string page(Snapshot snapshot) {
  static Even archive;
  return settled(render(samples::shared(std::move(snapshot)), nullptr, &archive));
}

TEST(ServicePage, LinksToTheReportsOfItsMonths) {
  Snapshot snapshot = with_days();
  snapshot.services[0].started = samples::at("2026-10-31T12:00:00Z");
  const std::string html = page(snapshot);
  for (const char* month : {"2026-11.json", "2026-11.csv", "2026-10.json"}) {
    EXPECT_THAT(html, HasSubstr(std::string("/api/services/API/reports/") + month));
  }
  EXPECT_THAT(html, Not(HasSubstr("2026-09.json"))) << "it began in October";
  EXPECT_THAT(render(samples::shared(snapshot), nullptr, nullptr)->find(kPath)->body(),
              Not(HasSubstr("/reports/")))
      << "without an archive there are none";
}

TEST(ServicePage, HasAllWindowsOnOnePageWithTheirTables) {
  const std::string html = page(with_days());
  for (const char* id : {"day", "week", "month", "quarter"}) {
    EXPECT_THAT(html, HasSubstr("<a href=\"#" + std::string(id) + "\">"));
    EXPECT_THAT(html, HasSubstr("<h3 id=\"" + std::string(id) + "\">"));
  }
  EXPECT_THAT(html, HasSubstr("<title>Availability of API service, last 30 days</title>"));
  EXPECT_THAT(html, HasSubstr("<title>Response time of API service, last 24 hours</title>"));
  EXPECT_THAT(html, HasSubstr("<summary>The last 24 hours as a table</summary>"));
  EXPECT_THAT(
      html,
      HasSubstr("<th scope=\"row\">24 hours</th><td>96,000</td><td>99.100%</td><td>20 ms</td>"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\">30 days</th><td>100,000</td><td>99.987%</td>"))
      << "the same figure as above it";
  EXPECT_THAT(
      html,
      HasSubstr("<th scope=\"row\">90 days</th><td>90,000</td><td>99.100%</td><td>20 ms</td>"));
  EXPECT_THAT(html, HasSubstr("90 days: trouble on 1: 13 Nov 7 min down."));
}

TEST(ServicePage, NamesBothFiguresWithTheirFormulasAndItsIncidents) {
  const std::string html = page(with_days());
  EXPECT_THAT(html, HasSubstr("<dt>Requests, 30 days¹</dt><dd>99.987%</dd>"));
  EXPECT_THAT(html, HasSubstr("<dt>Uptime, 90 days²</dt><dd>99.987%</dd>"));
  EXPECT_THAT(html, HasSubstr("¹ Requests that succeeded divided by"));
  EXPECT_THAT(html, HasSubstr("² 1 − (time DOWN"));
  EXPECT_THAT(html, HasSubstr("<a href=\"../incidents/aaaaaaaaaaaa\">"));
  EXPECT_THAT(html, Not(HasSubstr("/incidents/bbbbbbbbbbbb\">"))) << "of another service";
}

TEST(ServicePage, KeepsTrafficToItselfWhereOnlyPercentIsShown) {
  Snapshot snapshot = with_days();
  snapshot.page.show_counts = false;
  const std::string html = page(snapshot);
  EXPECT_THAT(html, HasSubstr("99.100% of requests were good"));
  for (const char* count : {"96,000", "90,000", "100,000", "1,000", ">Requests</th>"}) {
    EXPECT_THAT(html, Not(HasSubstr(count)));
  }
}

TEST(ServicePage, IsServedBeforeTheArchiveHasAnswered) {
  class Slow final : public Archive {
   public:
    std::optional<Incident> incident(std::string_view) override { return std::nullopt; }
    std::optional<std::vector<Rollup>> rollups(const Stretch& /*stretch*/) override {
      go_on.acquire();
      go_on.release();
      return std::vector<Rollup>();
    }
    std::binary_semaphore go_on{0};
  };
  Slow archive;
  const SitePtr site = render(samples::shared(with_days()), nullptr, &archive);
  EXPECT_TRUE(site->pending(kPath));
  const std::string early = site->find(kPath)->body();
  EXPECT_THAT(early, HasSubstr("load this page again</a> in a moment"));
  EXPECT_THAT(early, HasSubstr("<h3 id=\"quarter\">")) << "what the snapshot holds is there";
  archive.go_on.release();
  const std::string late = settled(site);
  EXPECT_THAT(late, Not(HasSubstr("load this page again")));
  EXPECT_THAT(late, HasSubstr("<p class=\"quiet\">Nothing was measured.</p>"));
}

TEST(ServicePage, SaysWhatCannotBeHadAndAsksAgainInAMinute) {
  Even archive;
  archive.there = false;
  Snapshot snapshot = with_days();
  const SitePtr first = render(samples::shared(snapshot), nullptr, &archive);
  EXPECT_THAT(settled(first), HasSubstr("These figures cannot be had at the moment."));
  archive.there = true;
  snapshot.as_of += minutes(2);
  SitePtr next = render(samples::shared(snapshot), first, &archive);
  next->find(kPath);
  while (archive.asked < 8) std::this_thread::yield();
  while (next->find(kPath)->body().find("cannot be had") != std::string::npos) {
    snapshot.as_of += Duration(1);
    next = render(samples::shared(snapshot), next, &archive);
  }
  EXPECT_EQ(archive.asked, 8) << "once a minute at most, however many publications";
}

TEST(ServicePage, WaitsForANewHistoryWhenTheOneThereIsOld) {
  Even archive;
  Snapshot snapshot = with_days();
  const SitePtr first = render(samples::shared(snapshot), nullptr, &archive);
  settled(first);
  snapshot.as_of += minutes(2);
  EXPECT_FALSE(render(samples::shared(snapshot), first, &archive)->pending(kPath));
  settled(render(samples::shared(snapshot), first, &archive));
  while (archive.asked < 8) std::this_thread::yield();
  snapshot.as_of += hours(5);
  EXPECT_TRUE(render(samples::shared(snapshot), first, &archive)->pending(kPath));
}

TEST(ServicePage, WithoutAnArchiveShowsWhatTheSnapshotHolds) {
  const SitePtr site = render(samples::shared(with_days()), nullptr, nullptr);
  EXPECT_FALSE(site->pending(kPath));
  const std::string html = site->find(kPath)->body();
  EXPECT_THAT(html, HasSubstr("<h3 id=\"quarter\">"));
  EXPECT_THAT(html, Not(HasSubstr("<h3 id=\"day\">")));
  EXPECT_THAT(html, Not(HasSubstr("-explore.js")));
}

TEST(ServicePage, OfWhatNothingMeasuresHasNoCharts) {
  const SitePtr site = render(samples::shared(samples::bad_night()), nullptr, nullptr);
  EXPECT_THAT(site->find("/services/DOCS")->body(), Not(HasSubstr("id=\"charts\"")));
}

TEST(ServicePage, LoadsNothingFromElsewhereAndItsScriptOnlyByName) {
  static Even archive;
  const SitePtr site = render(samples::shared(with_days()), nullptr, &archive);
  const std::string html = settled(site);
  const std::string head = site->find(kPath)->bytes(Encoding::identity).head;
  if (!can_explore()) {
    EXPECT_THAT(html, Not(HasSubstr("-explore.js")));
    GTEST_SKIP() << "skipped, because this was built without uPlot";
  }
  EXPECT_THAT(head, HasSubstr("script-src 'self'; connect-src 'self'"));
  EXPECT_THAT(head, Not(HasSubstr("unsafe")));
  for (const char* name : {"explore.js", "uPlot.iife.min.js", "uPlot.min.css"}) {
    EXPECT_THAT(html, HasSubstr(asset_path(name)));
    const DocumentPtr asset = site->find(asset_path(name));
    ASSERT_NE(asset, nullptr);
    EXPECT_THAT(asset->bytes(Encoding::identity).head, HasSubstr("max-age=31536000, immutable"));
  }
  EXPECT_EQ(site->find("/assets/explore.js"), nullptr);
  EXPECT_EQ(site->find(""), nullptr);
}

TEST(Page, HasAStripForEachServiceUpToAHundred) {
  Snapshot snapshot = with_days();
  const ServiceView one = snapshot.services[0];
  snapshot.services.assign(100, one);
  const auto strips = [](const Snapshot& of) {
    const std::string html = render(samples::shared(of), nullptr, nullptr)->find("/")->body();
    std::size_t count = 0;
    for (auto at = html.find("class=\"strip\""); at != std::string::npos;
         at = html.find("class=\"strip\"", at + 1)) {
      ++count;
    }
    return count;
  };
  EXPECT_EQ(strips(snapshot), 100U);
  snapshot.services.push_back(one);
  EXPECT_EQ(strips(snapshot), 0U);
}

TEST(Windows, EndWithTheStepThatNowIsIn) {
  const Stretch day = window("API", samples::at("2026-11-21T03:31:00Z"), minutes(15), 96);
  EXPECT_EQ(day.to, samples::at("2026-11-21T03:45:00Z"));
  EXPECT_EQ(day.from, samples::at("2026-11-20T03:45:00Z"));
  const Stretch month = window("API", samples::at("2026-11-21T03:31:00Z"), hours(12), 60);
  EXPECT_EQ(month.to, samples::at("2026-11-21T12:00:00Z"));
}

}  // namespace
}  // namespace signalbox::web
