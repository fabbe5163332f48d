// What scripts push to be drawn, and the table by month, on the page of a service.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "tests/unit/web/samples.h"
#include "web/charts/values.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// An archive of one point a step, in all but the steps of `gap`; and of old incidents.
class Pushed final : public Archive {
 public:
  std::optional<Incident> incident(std::string_view) override { return std::nullopt; }
  std::optional<std::vector<Rollup>> rollups(const Stretch&) override {
    return std::vector<Rollup>();
  }
  std::optional<std::vector<DrawnStretch>> points(std::string_view metric, Time from, Time to,
                                                  Duration step) override {
    asked.insert(std::string(metric));
    if (!there) return std::nullopt;
    std::vector<DrawnStretch> list;
    for (Time t = from; t < to; t += step) {
      const bool gap = t >= from + 4 * step && t < from + 7 * step;
      if (!gap) list.push_back({t, step, 2, 2 * value, value - 1, value + 1});
    }
    return list;
  }
  std::optional<std::vector<Incident>> incidents(Time, Time) override {
    if (!there) return std::nullopt;
    return old;
  }

  double value = 120.5;
  bool there = true;
  std::set<std::string> asked;
  std::vector<Incident> old;
};

const std::string kPath = "/services/API";

Snapshot with(std::vector<DrawnMetric> metrics) {
  Snapshot snapshot = samples::bad_night();
  snapshot.services[0].metrics = std::move(metrics);
  return snapshot;
}

std::string page(Pushed& archive, const Snapshot& snapshot) {
  const SitePtr site = render(samples::shared(snapshot), nullptr, &archive);
  while (site->pending(kPath)) std::this_thread::yield();
  return site->find(kPath)->body();
}

const DrawnMetric kTook{"ms", "Checkout", "ms", false};
const DrawnMetric kShare{"cache", "Cache hits", "%", true};

TEST(DrawnMetrics, AreChartsWithATableOfTheSame) {
  Pushed archive;
  const std::string html = page(archive, with({kTook, kShare}));
  EXPECT_THAT(archive.asked, ElementsAre("cache", "ms"));
  EXPECT_THAT(html, HasSubstr("<h3 id=\"metric-1\">Checkout</h3>"));
  EXPECT_THAT(html, HasSubstr("<h3 id=\"metric-2\">Cache hits</h3>"));
  EXPECT_THAT(html, HasSubstr("<title>Checkout of API service, last 24 hours</title>"));
  EXPECT_THAT(html, HasSubstr("<title>Checkout of API service, last 7 days</title>"));
  EXPECT_THAT(html, HasSubstr("Mean 120.5 ms, lowest 119.5 ms, highest 121.5 ms, of what was "
                              "pushed. Nothing was pushed in 3 of 96 steps."));
  EXPECT_THAT(html, HasSubstr("</th><td>15 min</td><td>120.5 ms</td><td>119.5 ms</td>"
                              "<td>121.5 ms</td><td>2</td></tr>"));
  EXPECT_THAT(html, HasSubstr("<summary>Checkout: The last 7 days, as a table</summary>"));
}

TEST(DrawnMetrics, HideValuesWhereThePageShowsNoCounts) {
  Pushed archive;
  Snapshot snapshot = with({kTook, kShare});
  snapshot.page.show_counts = false;
  const std::string html = page(archive, snapshot);
  EXPECT_THAT(archive.asked, ElementsAre("cache")) << "not even asked for";
  EXPECT_THAT(html, HasSubstr("Cache hits"));
  EXPECT_THAT(html, Not(HasSubstr("Checkout")));
}

TEST(DrawnMetrics, HaveNamesThatAreNoMarkup) {
  Pushed archive;
  const std::string evil = "<script>alert(1)</script>\"'&\x01";
  const std::string html = page(archive, with({{"ms", evil, "<b>", false}}));
  EXPECT_THAT(html, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(html, Not(HasSubstr("<b>\"")));
  EXPECT_THAT(html, Not(HasSubstr(" <b></td>")));
  EXPECT_THAT(html, Not(HasSubstr("\x01")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
}

TEST(DrawnMetrics, AreAtMostTwelveAServiceAndThePageSaysSo) {
  Pushed archive;
  std::vector<DrawnMetric> many;
  for (int n = 0; n < 15; ++n) many.push_back({"m" + std::to_string(n), "N", "", true});
  const std::string html = page(archive, with(many));
  EXPECT_EQ(archive.asked.size(), 12U);
  EXPECT_THAT(html, HasSubstr("<h3 id=\"metric-12\">"));
  EXPECT_THAT(html, Not(HasSubstr("<h3 id=\"metric-13\">")));
  EXPECT_THAT(html, HasSubstr("3 more are not drawn here."));
}

TEST(DrawnMetrics, AreSaidToBeMissingWhereTheArchiveCannotSay) {
  Pushed archive;
  archive.there = false;
  const std::string html = page(archive, with({kTook}));
  EXPECT_THAT(html, HasSubstr("The last 24 hours: not to be had at the moment."));
  EXPECT_THAT(html, HasSubstr("<td>?</td>")) << "the months cannot be counted";
}

TEST(DrawnMetrics, OfAServiceThatHasNoneTakeNoPlace) {
  Pushed archive;
  EXPECT_THAT(page(archive, with({})), Not(HasSubstr("id=\"metrics\"")));
  const SitePtr site = render(samples::shared(with({kTook})), nullptr, nullptr);
  EXPECT_THAT(site->find(kPath)->body(), Not(HasSubstr("id=\"metrics\""))) << "no archive";
}

charts::Values values(const std::vector<double>& means) {
  charts::Values all{samples::now(), samples::now() + minutes(15) * 4, minutes(15), {}};
  Time t = all.from;
  for (const double mean : means) {
    all.stretches.push_back({t, all.step, 1, mean, mean, mean});
    t += all.step;
  }
  return all;
}

std::vector<std::string> scale(const std::vector<double>& means, const DrawnMetric& metric) {
  const charts::Told told{"API", "24 hours", Zone(), true};
  return charts::value_chart(values(means), metric, told).heights;
}

TEST(ValueChart, HasAScaleThatHoldsAllMeans) {
  const DrawnMetric plain{"x", "x", "", false};
  EXPECT_THAT(scale({3, 17}, plain), ElementsAre("20", "10", "0"));
  EXPECT_THAT(scale({-3, 12400}, plain), ElementsAre("20,000", "9,998", "-5"));
  EXPECT_THAT(scale({0, 0}, plain), ElementsAre("1", "0.5", "0"));
  EXPECT_THAT(scale({-4}, plain), ElementsAre("0", "-2.5", "-5"));
  EXPECT_THAT(scale({0.003}, plain), ElementsAre("0.005", "0.0025", "0"));
  EXPECT_THAT(scale({-1e15, 1e15}, plain),
              ElementsAre("1,000,000,000,000,000", "0", "-1,000,000,000,000,000"));
  EXPECT_THAT(scale({40, 100}, kShare), ElementsAre("100%", "50%", "0%"));
  EXPECT_THAT(scale({93, 100}, kShare), ElementsAre("100%", "95%", "90%"));
  EXPECT_THAT(scale({99.5}, kShare), ElementsAre("100%", "99.5%", "99%"));
  EXPECT_THAT(scale({120}, kShare), ElementsAre("200%", "100%", "0%"));
  EXPECT_TRUE(scale({}, kShare).empty());
}

TEST(ValueChart, LeavesAGapWhereNothingWasPushed) {
  charts::Values all = values({50, 50, 50, 50});
  all.stretches.erase(all.stretches.begin() + 1);
  const charts::Told told{"API", "24 hours", Zone(), true};
  const std::string svg = charts::value_chart(all, kShare, told).svg.markup;
  EXPECT_THAT(svg, HasSubstr("d=\"M0 250H500M1000 250H1500V250H2000\""));
}

TEST(ServiceMonths, TellIncidentsWithMttrMtbfAndTheLongest) {
  Pushed archive;
  Snapshot snapshot = with({});
  snapshot.incidents = {};
  snapshot.as_of = samples::at("2026-11-21T00:00:00Z");
  snapshot.services[0].started = samples::at("2026-10-01T00:00:00Z");
  Incident recent =
      samples::incident("aaaaaaaaaaaa", "API", samples::at("2026-11-01T00:00:00Z"), false);
  recent.resolved = recent.opened + hours(3);
  snapshot.incidents.push_back(recent);
  Incident old =
      samples::incident("cccccccccccc", "API", samples::at("2026-10-05T00:00:00Z"), false);
  old.resolved = old.opened + minutes(20);
  Incident other = samples::incident("dddddddddddd", "JS", old.opened, false);
  archive.old = {old, recent, other};
  old.id = "eeeeeeeeeeee";
  old.resolved = old.opened + minutes(40);
  archive.old.push_back(old);
  const std::string html = page(archive, snapshot);
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\">2026-11</th><td>1</td><td>3 h</td>"
                              "<td>20 days</td><td>3 h</td>"));
  EXPECT_THAT(html, HasSubstr("<th scope=\"row\">2026-10</th><td>2</td><td>30 min</td>"
                              "<td>15 days</td><td>40 min</td>"));
  EXPECT_THAT(html, HasSubstr("/api/services/API/reports/2026-10.csv"));
  EXPECT_THAT(html, Not(HasSubstr("2026-09"))) << "it began in October";
}

TEST(ServiceMonths, HaveDashesWhereNothingIsToBeCounted) {
  Pushed archive;
  Snapshot snapshot = with({});
  snapshot.incidents = {};
  EXPECT_THAT(page(archive, snapshot), HasSubstr("<td>0</td><td>–</td><td>–</td><td>–</td><td><a"));
}

}  // namespace
}  // namespace signalbox::web
