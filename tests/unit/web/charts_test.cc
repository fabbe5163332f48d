#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/parser.h>

#include <cmath>
#include <limits>

#include "tests/unit/web/samples.h"
#include "web/charts/plot.h"
#include "web/charts/strip.h"

namespace signalbox::web::charts {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;
using testing::Not;

const Zone kUtc;

bool well_formed(const Svg& svg) {
  const auto size = static_cast<int>(svg.markup.size());
  xmlDoc* parsed = xmlReadMemory(svg.markup.data(), size, "svg", "UTF-8",
                                 XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET);
  xmlFreeDoc(parsed);
  return parsed != nullptr;
}

/// One of 90 days; day 89 is today's.
Rollup day(int index, DayTally states) {
  Rollup rollup;
  rollup.from = std::chrono::floor<days>(samples::now()) - days(89 - index);
  rollup.span = days(1);
  rollup.states = states;
  return rollup;
}

std::vector<Rollup> days_of(DayTally states, int from = 0) {
  std::vector<Rollup> list;
  for (int index = from; index < 90; ++index) list.push_back(day(index, states));
  return list;
}

std::string drawn(const std::vector<Rollup>& list) { return strip(list, samples::now()).markup; }
std::string told(const std::vector<Rollup>& list) { return strip_text(list, samples::now()); }

const Time kStart = samples::at("2026-11-20T00:00:00Z");

/// A step of a day's series of four; `step` is its place.
Rollup quarter_day(int step, double good, double total) {
  Rollup rollup;
  rollup.from = kStart + hours(6) * step;
  rollup.span = hours(6);
  rollup.requests = {good, total};
  return rollup;
}

Series of(const std::vector<Rollup>& rollups) {
  return series(rollups, kStart, kStart + hours(24), hours(6));
}

Told plain(bool counts = true) { return {"API", "24 hours", kUtc, counts}; }

std::optional<double> half(const Point& point) {
  if (point.sums.total <= 0) return std::nullopt;
  return point.sums.good / point.sums.total;
}

TEST(Strip, ShowsTheWorstOfADayAndNeverUnknownAsUp) {
  struct Row {
    DayTally day;
    State shown;
  };
  const std::vector<Row> rows = {
      {{.up = 86400}, State::up},
      {{.up = 86399, .down = 1}, State::down},
      {{.up = 80000, .issue = 1, .maint = 6000}, State::issue},
      {{.issue = 1, .down = 1}, State::down},
      {{.up = 80000, .maint = 60}, State::maint},
      {{.up = 40000, .unknown = 46400}, State::unknown},
      {{.up = 86000, .unknown = 400}, State::up},
      {{.unknown = 1}, State::unknown},
      {{}, State::unknown},
  };
  for (const Row& row : rows) EXPECT_EQ(shown_state(row.day), row.shown);
}

TEST(Strip, DrawsDaysAlikeInOneStroke) {
  EXPECT_THAT(drawn(days_of({.up = 86400})),
              HasSubstr(R"(</title><path class="up" d="M0 20h269"/></svg>)"));
  auto list = days_of({.up = 86400});
  list[30].states = {.up = 80000, .down = 6400};
  const std::string svg = drawn(list);
  EXPECT_THAT(svg, HasSubstr(R"(<path class="up" d="M0 20h89M93 20h176"/>)"));
  EXPECT_THAT(svg, HasSubstr(R"(<path class="down" d="M90 14h2"/>)"));
}

TEST(Strip, LeavesDaysOfWhichNothingIsKnownWithoutABar) {
  EXPECT_THAT(drawn(days_of({.up = 86400}, 60)),
              HasSubstr(R"(<path class="up" d="M180 20h89"/><path class="none" d="M0 27h179"/>)"));
  EXPECT_THAT(drawn({}), HasSubstr(R"(<path class="none" d="M0 27h269"/>)"));
  EXPECT_THAT(told({}), "90 days: nothing known.");
}

TEST(Strip, HoldsOnlyTheLast90Days) {
  auto list = days_of({.up = 86400}, 88);
  list.insert(list.begin(), day(-1, {.down = 86400}));
  EXPECT_THAT(drawn(list), Not(HasSubstr("\"down\"")));
  EXPECT_EQ(told(list), "90 days: no trouble (88 unknown).");
}

TEST(Strip, TellsInWordsWhatItShows) {
  auto list = days_of({.up = 86400});
  list[81].states = {.up = 85000, .issue = 600, .down = 840};
  list[89].states = {.up = 1000, .down = 40};
  EXPECT_EQ(told(list),
            "90 days: trouble on 2: 21 Nov 40 s down; 13 Nov 14 min down, 10 min with issues.");
  EXPECT_THAT(told(days_of({.down = 86400})), HasSubstr("trouble on 90: 21 Nov 24 h down; "));
  EXPECT_THAT(told(days_of({.down = 86400})), HasSubstr("; and earlier ones."));
}

TEST(StepLine, IsNeverJoinedAcrossAGap) {
  const Series gap = of({quarter_day(0, 1, 1), quarter_day(1, 1, 2), quarter_day(3, 1, 1)});
  EXPECT_EQ(step_line(gap, half), "M0 0H500V250H1000M1500 0H2000");
  const Series empty_step = of({quarter_day(0, 1, 1), quarter_day(1, 0, 0), quarter_day(2, 1, 1)});
  EXPECT_EQ(step_line(empty_step, half), "M0 0H500M1000 0H1500");
}

TEST(StepLine, ShowsASinglePointAsItsStretch) {
  EXPECT_EQ(step_line(of({quarter_day(2, 1, 2)}), half), "M1000 250H1500");
  EXPECT_EQ(step_line(of({}), half), "");
}

TEST(StepLine, TakesCoarserStretchesAsWideAsTheyAre) {
  Rollup coarse = quarter_day(0, 1, 1);
  coarse.span = hours(12);
  EXPECT_EQ(step_line(of({coarse, quarter_day(2, 1, 2)}), half), "M0 0H1000V250H1500");
}

TEST(Availability, FillsWhatFailedAndNothingElse) {
  const Series some = of({quarter_day(0, 100, 100), quarter_day(1, 98, 100)});
  const Chart chart = availability_chart(some, plain());
  EXPECT_THAT(
      chart.svg.markup,
      HasSubstr(
          R"(<path class="lost" d="M500 0V200H1000V0z" vector-effect="non-scaling-stroke"/>)"));
  const Chart good = availability_chart(of({quarter_day(0, 5, 5)}), plain());
  EXPECT_THAT(good.svg.markup,
              HasSubstr(R"(<path class="lost" d="" vector-effect="non-scaling-stroke"/>)"));
}

TEST(Availability, TellsWhereItsScaleStartsAndWhatItHides) {
  struct Row {
    double good;
    std::vector<std::string> heights;
  };
  const std::vector<Row> rows = {{100000, {"100%", "99.95%", "99.9%"}},
                                 {99900, {"100%", "99.95%", "99.9%"}},
                                 {99899, {"100%", "99.5%", "99%"}},
                                 {93000, {"100%", "95%", "90%"}},
                                 {0, {"100%", "50%", "0%"}}};
  for (const Row& row : rows) {
    const Chart chart = availability_chart(of({quarter_day(0, row.good, 100000)}), plain());
    EXPECT_EQ(chart.heights, row.heights) << row.good;
    const bool cut = row.heights.back() != "0%";
    EXPECT_EQ(chart.caption.find("The scale starts at " + row.heights.back()) != std::string::npos,
              cut);
  }
}

TEST(Availability, NamesTheLowestAndTheGaps) {
  const Series some = of({quarter_day(1, 973, 1000), quarter_day(2, 1000, 1000)});
  EXPECT_THAT(availability_chart(some, plain()).caption,
              HasSubstr("98.650% of 2,000 requests were good. The lowest was 97.300%, from 20 Nov "
                        "06:00. Nothing was measured in 2 of 4 steps."));
}

TEST(Availability, KeepsCountsToItselfWhereThePageDoes) {
  const Chart chart = availability_chart(of({quarter_day(1, 77777, 88888)}), plain(false));
  EXPECT_THAT(chart.caption, HasSubstr("87.500% of requests were good."));
  EXPECT_THAT(chart.svg.markup + chart.caption, Not(HasSubstr("88,888")));
}

TEST(Availability, OfChecksCountsTries) {
  Rollup tried = quarter_day(0, 0, 0);
  tried.tries = {3, 4};
  EXPECT_THAT(availability_chart(of({tried}), plain()).caption,
              HasSubstr("75.000% of 4 tries of checks"));
  const Series mixed = of({tried, quarter_day(1, 1, 1)});
  EXPECT_FALSE(mixed.tries);
  EXPECT_EQ(mixed.sums, (Sums{1, 1})) << "tries are never added to requests";
}

TEST(Availability, StandsNothingAndHugeCounts) {
  const Chart nothing = availability_chart(of({}), plain());
  EXPECT_TRUE(well_formed(nothing.svg));
  EXPECT_EQ(nothing.caption, "Nothing was measured.");
  const Chart huge = availability_chart(of({quarter_day(0, 9e17, 1e18)}), plain());
  EXPECT_TRUE(well_formed(huge.svg));
  EXPECT_THAT(huge.caption, HasSubstr("90.000% of 1,000,000,000,000,000,000 requests"));
}

TEST(ResponseTime, StartsAtZeroAndTellsItsError) {
  Rollup rollup = quarter_day(0, 100, 100);
  for (int ms = 1; ms <= 100; ++ms) rollup.latencies.add(Duration(ms));
  const Chart chart = latency_chart(of({rollup}), plain());
  EXPECT_EQ(chart.heights, (std::vector<std::string>{"100 ms", "50 ms", "0 ms"}));
  EXPECT_THAT(chart.caption, HasSubstr("± 2%"));
  EXPECT_THAT(chart.svg.markup, HasSubstr(R"(<path class="p50" d="M0 2)"));
  EXPECT_TRUE(well_formed(chart.svg));
}

TEST(ResponseTime, StandsTheLongestAndNone) {
  Rollup rollup = quarter_day(0, 1, 1);
  rollup.latencies.add(hours(9));
  EXPECT_EQ(latency_chart(of({rollup}), plain()).heights.front(), "5000 s");
  EXPECT_EQ(latency_chart(of({}), plain()).heights,
            (std::vector<std::string>{"1 ms", "0.5 ms", "0 ms"}));
}

TEST(Charts, StayWellFormedWhateverTheServiceIsCalled) {
  for (const char* name : {"</title><script>alert(1)</script>", "a & b \"c\" 'd'", "\x01\x1b[31m",
                           "\xff\xfe\xf0", "{{&svg}}", "]]>", "\xE2\x80\xAEgnp"}) {
    const Told told{name, "24 hours", kUtc, true};
    const Svg svg = availability_chart(of({quarter_day(0, 1, 2)}), told).svg;
    EXPECT_TRUE(well_formed(svg)) << name;
    EXPECT_THAT(svg.markup, Not(HasSubstr("<script"))) << name;
    EXPECT_TRUE(well_formed(latency_chart(of({}), told).svg)) << name;
  }
}

TEST(Charts, CarryATitleADescriptionAndNoStyleOfTheirOwn) {
  const Svg svg = availability_chart(of({quarter_day(0, 1, 2)}), plain()).svg;
  EXPECT_THAT(
      svg.markup,
      HasSubstr(R"(role="img"><title>Availability of API, last 24 hours</title><desc>50.000% of)"));
  EXPECT_THAT(svg.markup, Not(HasSubstr("style")));
  EXPECT_TRUE(well_formed(strip(days_of({.up = 1}), samples::now())));
}

TEST(Labels, AreTimesOfDayForADayAndDatesBeyond) {
  EXPECT_EQ(time_labels(of({}), Told{"API", "24 hours", kUtc}),
            (std::vector<std::string>{"00:00", "06:00", "12:00", "18:00", "00:00"}));
  const Series week = series({}, kStart, kStart + days(8), hours(2));
  EXPECT_EQ(time_labels(week, Told{"API", "8 days", kUtc}),
            (std::vector<std::string>{"20 Nov", "22 Nov", "24 Nov", "26 Nov", "28 Nov"}));
}

}  // namespace
}  // namespace signalbox::web::charts
