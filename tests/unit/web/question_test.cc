#include "web/documents/question.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/web/samples.h"
#include "web/documents/csv.h"

namespace signalbox::web {
namespace {

using samples::at;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::HasSubstr;

const Time kNow = at("2026-11-21T03:31:10Z");

Stretch meant(const std::string& query, const Zone& zone = {}) {
  return stretch_of("API", query, kNow, zone).value();
}

std::string refused(const std::string& query) {
  const auto stretch = stretch_of("API", query, kNow, Zone());
  return stretch ? "taken" : stretch.error().what;
}

TEST(Question, WithoutParametersIsTheLastDay) {
  const Stretch day = meant("");
  EXPECT_EQ(day.step, minutes(10));
  EXPECT_EQ(day.from, at("2026-11-20T03:30:00Z"));
  EXPECT_EQ(day.to, at("2026-11-21T03:40:00Z")) << "the running step is in it";
}

TEST(Question, TakesTimesInEveryForm) {
  for (const char* from :
       {"from=2026-11-20T23:00:00Z", "from=1795215600", "from=2026-11-21T00%3A00%3A00%2B01%3A00",
        "x=1&from=2026-11-21T00:00:00+01:00&from=7"}) {
    EXPECT_EQ(meant(from).from, at("2026-11-20T23:00:00Z")) << from;
  }
  EXPECT_EQ(meant("step=3600").step, hours(1));
  EXPECT_EQ(meant("step=1h").step, hours(1));
}

TEST(Question, TakesADateAsThePagesMidnight) {
  const std::string october = "from=2026-10-01&to=2026-11-01&step=30m";
  EXPECT_EQ(meant(october).from, at("2026-10-01T00:00:00Z"));
  const Zone paris = Zone::find("Europe/Paris").value();
  EXPECT_EQ(meant(october, paris).from, at("2026-09-30T22:00:00Z")) << "summer time";
  EXPECT_EQ(meant(october, paris).to, at("2026-10-31T23:00:00Z")) << "winter time";
  EXPECT_THAT(refused("from=2026-10-32"), HasSubstr("from is no time: write 2026-10-01,"));
}

TEST(Question, SinceTheBeginningHasANamedStep) {
  EXPECT_EQ(meant("from=0").step, days(365));
  EXPECT_EQ(meant("from=2000-01-01").step, days(90));
  EXPECT_EQ(meant("from=2020-01-01").step, days(30));
}

TEST(Question, MovesBothEndsOutwardToWholeSteps) {
  const Stretch day = meant("from=2026-11-01T07:00:00Z&to=2026-11-03T00:00:01Z&step=1d");
  EXPECT_EQ(day.from, at("2026-11-01T00:00:00Z"));
  EXPECT_EQ(day.to, at("2026-11-04T00:00:00Z"));
}

TEST(Question, SaidInTwoWaysIsTheSame) {
  const Stretch one = meant("from=2026-11-20T23:10:00Z&step=60m");
  const Stretch two = meant("step=1h&to=2030-01-01T00:00:00Z&from=2026-11-20T23:00:00Z");
  EXPECT_EQ(one.from, two.from);
  EXPECT_EQ(one.to, two.to);
  EXPECT_EQ(one.step, two.step);
}

TEST(Question, ChoosesAStepThatKeepsTheAnswerShort) {
  for (const Duration span : {Duration(minutes(5)), Duration(hours(200)), Duration(days(90)),
                              Duration(days(4000)), Duration(days(20000))}) {
    const std::string from = iso_seconds(kNow - span);
    const Stretch stretch = meant("from=" + from);
    EXPECT_LE((stretch.to - stretch.from) / stretch.step, kUsualRows) << from;
  }
}

TEST(Question, NamesTheRemedyWhenRefused) {
  const std::string month = "from=2026-10-01T00:00:00Z&to=2026-11-01T00:00:00Z&step=";
  EXPECT_THAT(refused(month + "1m"), HasSubstr("44640 rows"));
  EXPECT_THAT(refused(month + "1m"), HasSubstr("step=30m or coarser"));
  EXPECT_EQ(refused(month + "30m"), "taken");
  for (const char* step : {"1s", "90s", "0m", "x", "-1h", "367d", "999999999999999999999"}) {
    EXPECT_THAT(refused(std::string("step=") + step), HasSubstr("write 5m")) << step;
  }
  for (const char* time : {"yesterday", "-1", "1e9", "99999999999999", "2026-13-01T00:00:00Z"}) {
    EXPECT_THAT(refused(std::string("from=") + time), HasSubstr("from is no time")) << time;
    EXPECT_THAT(refused(std::string("to=") + time), HasSubstr("to is no time")) << time;
  }
  EXPECT_THAT(refused("from=2027-01-01T00:00:00Z"), HasSubstr("before to"));
  EXPECT_THAT(refused("from=7&to=7"), HasSubstr("before to"));
}

TEST(Csv, QuotesAndDisarms) {
  EXPECT_EQ(csv_line({"a", "", "b c"}), "a,,b c\r\n");
  EXPECT_EQ(csv_line({"a,b", "say \"so\"", "two\nlines"}),
            "\"a,b\",\"say \"\"so\"\"\",\"two\nlines\"\r\n");
  EXPECT_EQ(csv_line({"=1+1", "+x", "-x", "@x", "\tx"}), "'=1+1,'+x,'-x,'@x,'\tx\r\n");
  EXPECT_EQ(csv_line({"-1.5", "7"}), "-1.5,7\r\n");
}

}  // namespace
}  // namespace signalbox::web
