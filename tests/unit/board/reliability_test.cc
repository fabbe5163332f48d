#include "board/reliability.h"

#include <gtest/gtest.h>

namespace signalbox::board {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Time at(const std::string& text) { return parse_iso(text).value(); }

Incident incident(const std::string& opened, const std::string& resolved,
                  std::vector<std::string> services = {"API"}) {
  Incident made;
  for (const std::string& id : services) made.services[id] = State::up;
  made.opened = at(opened);
  if (!resolved.empty()) made.resolved = at(resolved);
  return made;
}

Month october() { return parse_month("2026-10", Zone()).value(); }

Reliability of(const std::vector<Incident>& incidents, Time now = at("2026-12-01T00:00Z"),
               Time start = at("2026-01-01T00:00Z")) {
  return reliability(incidents, "API", october(), start, now);
}

TEST(Month, IsReadStrictly) {
  for (const char* wrong : {"", "2026", "2026-1", "2026-00", "2026-13", "2026/10", "2026-1x",
                            "1969-12", "2026-10 ", "-026-10"}) {
    EXPECT_FALSE(parse_month(wrong, Zone())) << wrong;
  }
  EXPECT_EQ(october().from, at("2026-10-01T00:00Z"));
  EXPECT_EQ(parse_month("2026-12", Zone())->to, at("2027-01-01T00:00Z"));
}

TEST(Month, FollowsThePagesClockOverItsChanges) {
  const Zone paris = Zone::find("Europe/Paris").value();
  const Month october = parse_month("2026-10", paris).value();
  EXPECT_EQ(october.from, at("2026-09-30T22:00Z"));
  EXPECT_EQ(october.to - october.from, hours(31 * 24 + 1));
  const Month march = parse_month("2026-03", paris).value();
  EXPECT_EQ(march.to - march.from, hours(31 * 24 - 1));
  EXPECT_EQ(month_of(at("2026-09-30T22:00Z"), paris), october);
  EXPECT_EQ(month_of(at("2026-09-30T21:59Z"), paris).name, "2026-09");
}

TEST(Reliability, OfAMonthWithoutIncidentsHasNoMeans) {
  const Reliability quiet = of({});
  EXPECT_EQ(quiet.opened, 0U);
  EXPECT_EQ(quiet.known, hours(31 * 24));
  EXPECT_FALSE(quiet.mttr() || quiet.mtbf() || quiet.longest);
}

TEST(Reliability, IsMeanRepairAndOperatingTimeByFailures) {
  const Reliability two = of({incident("2026-10-20T00:00Z", "2026-10-20T03:00Z"),
                              incident("2026-10-02T00:00Z", "2026-10-02T01:00Z")});
  EXPECT_EQ(two.opened, 2U);
  EXPECT_EQ(two.resolved, 2U);
  EXPECT_EQ(two.mttr(), hours(2));
  EXPECT_EQ(two.longest, hours(3));
  EXPECT_EQ(two.trouble, hours(4));
  EXPECT_EQ(two.mtbf(), hours(31 * 24 - 4) / 2);
}

TEST(Reliability, CountsTroubleThatOverlapsOnce) {
  const Reliability both = of({incident("2026-10-02T00:00Z", "2026-10-02T04:00Z"),
                               incident("2026-10-02T01:00Z", "2026-10-02T02:00Z"),
                               incident("2026-10-02T03:00Z", "2026-10-02T05:00Z")});
  EXPECT_EQ(both.trouble, hours(5));
  EXPECT_EQ(both.repair, hours(7));
}

TEST(Reliability, TakesOnlyTheServicesOwn) {
  const Reliability shared = of({incident("2026-10-02T00:00Z", "2026-10-02T01:00Z", {"API", "JS"}),
                                 incident("2026-10-03T00:00Z", "2026-10-03T01:00Z", {"JS"})});
  EXPECT_EQ(shared.opened, 1U);
  EXPECT_EQ(shared.trouble, hours(1));
}

Update said(const std::string& when, const std::string& service, State before, State after) {
  Update update;
  update.at = at(when);
  update.affected = {{service, before, after}};
  return update;
}

TEST(Reliability, OfAnIncidentOfSeveralCountsEachServicesOwnTime) {
  Incident shared = incident("2026-10-02T00:00Z", "2026-10-02T09:00Z", {"API", "JS"});
  shared.updates = {said("2026-10-02T00:00Z", "JS", State::up, State::down),
                    said("2026-10-02T01:00Z", "API", State::up, State::issue),
                    said("2026-10-02T02:00Z", "API", State::issue, State::down),
                    said("2026-10-02T03:00Z", "API", State::down, State::up),
                    said("2026-10-02T09:00Z", "JS", State::down, State::up)};
  const Reliability api = of({shared});
  EXPECT_EQ(api.mttr(), hours(2));
  EXPECT_EQ(api.trouble, hours(2));
  EXPECT_EQ(reliability({shared}, "JS", october(), {}, at("2026-12-01T00:00Z")).mttr(), hours(9));
  EXPECT_EQ(own_trouble(own_trouble(shared, "API"), "API"), own_trouble(shared, "API"));
  shared.resolved.reset();
  shared.updates.pop_back();
  EXPECT_EQ(of({shared}).open, 0U) << "over for this one";
  shared.updates.push_back(said("2026-10-02T10:00Z", "API", State::up, State::down));
  EXPECT_EQ(of({shared}).open, 1U) << "it came back";
}

TEST(Reliability, PartsAnIncidentThatSpansMonths) {
  const Reliability before = of({incident("2026-09-30T22:00Z", "2026-10-01T03:00Z")});
  EXPECT_EQ(before.opened, 0U);
  EXPECT_EQ(before.trouble, hours(3));
  EXPECT_EQ(before.mttr(), hours(5)) << "it was resolved in this month, all of it counts";
  EXPECT_FALSE(before.mtbf());
  const Reliability after = of({incident("2026-10-31T22:00Z", "2026-11-01T03:00Z")});
  EXPECT_EQ(after.opened, 1U);
  EXPECT_EQ(after.open, 1U);
  EXPECT_EQ(after.trouble, hours(2));
  EXPECT_FALSE(after.mttr());
}

TEST(Reliability, CountsAnOpenIncidentButNotItsRepair) {
  const Reliability open = of({incident("2026-10-10T00:00Z", "")}, at("2026-10-11T00:00Z"));
  EXPECT_EQ(open.opened, 1U);
  EXPECT_EQ(open.open, 1U);
  EXPECT_EQ(open.trouble, hours(24));
  EXPECT_EQ(open.known, hours(240));
  EXPECT_FALSE(open.mttr());
  EXPECT_EQ(open.mtbf(), hours(216));
}

TEST(Reliability, CountsAnIncidentResolvedJustNow) {
  const Reliability now =
      of({incident("2026-10-10T00:00Z", "2026-10-10T00:30Z")}, at("2026-10-10T00:30Z"));
  EXPECT_EQ(now.resolved, 1U);
  EXPECT_EQ(now.mttr(), minutes(30));
}

TEST(Reliability, BeginsWithTheService) {
  const Reliability late = of({}, at("2026-12-01T00:00Z"), at("2026-10-31T00:00Z"));
  EXPECT_EQ(late.known, hours(24));
  EXPECT_EQ(of({}, at("2026-12-01T00:00Z"), at("2026-11-02T00:00Z")), Reliability{});
  EXPECT_EQ(of({}, at("2026-09-01T00:00Z")), Reliability{}) << "the month is to come";
}

}  // namespace
}  // namespace signalbox::board
