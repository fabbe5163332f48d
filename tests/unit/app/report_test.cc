#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/cli/report_text.h"

namespace signalbox::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;
using testing::Not;

Time at(const std::string& text) { return parse_iso(text).value(); }

struct Report : testing::Test {
  Report() {
    snapshot.as_of = at("2026-11-28T17:00:00Z");
    month.service.id = "API";
    month.service.name = "Public API";
    month.month = parse_month("2026-10", Zone()).value();
    month.sum.requests = {90051, 90102};
    month.sum.left_out = {1, 2};
    month.sum.states = {.up = 3600, .issue = 1200, .down = 600, .maint = 60};
    month.sum.latencies.add(Duration(100));
    Incident one;
    one.name = "API: disks\ncaught \x1b[31mfire";
    one.opened = at("2026-10-02T00:00:00Z");
    one.resolved = one.opened + hours(2);
    one.worst = State::down;
    one.services["API"] = State::up;
    month.incidents = {one};
    month.reliability =
        board::reliability(month.incidents, "API", month.month, Time{}, snapshot.as_of);
  }
  std::string text() const { return report_text(snapshot, month); }

  Snapshot snapshot;
  web::ServiceMonth month;
};

TEST_F(Report, SaysEveryFigureWithItsSums) {
  EXPECT_THAT(text(), HasSubstr("99.943% (90,051 good of 90,102, 2 left out)"));
  EXPECT_THAT(text(),
              HasSubstr("82.222% (seconds: up 3,600, issue 1,200, down 600, maintenance 60"));
  EXPECT_THAT(text(), HasSubstr("p99 99 ms, within 2 %"));
  EXPECT_THAT(text(), HasSubstr("1 opened, 1 resolved, 0 open; in trouble 2h of 31d"));
  EXPECT_THAT(text(), HasSubstr("MTTR       2h, longest 2h"));
  EXPECT_THAT(text(), HasSubstr("MTBF       30d 22h"));
}

TEST_F(Report, LetsNothingForgeALine) {
  EXPECT_THAT(text(),
              HasSubstr("2026-10-02 00:00 UTC to 2026-10-02 02:00 UTC  DOWN  API: disks\\n"));
  EXPECT_THAT(text(), Not(HasSubstr("\x1b")));
}

TEST_F(Report, HidesTrafficVolumeWhereThePageDoes) {
  snapshot.page.show_counts = false;
  EXPECT_THAT(text(), HasSubstr("99.943%\n"));
  EXPECT_THAT(text(), Not(HasSubstr("90,0")));
}

TEST_F(Report, SaysWhenNothingIsKnown) {
  month.sum = {};
  month.incidents.clear();
  EXPECT_EQ(text(), "API  Public API\n  nothing is known of 2026-10\n\n");
}

}  // namespace
}  // namespace signalbox::app
