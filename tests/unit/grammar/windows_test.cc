// Windows: when a state begins and ends, in the page's time zone, with daylight saving decided.
#include <gtest/gtest.h>

#include "page.h"

namespace signalbox::grammar {
namespace {

/// `from > until` in UTC, or what else the post means.
std::string window(std::string_view text, std::string_view now) {
  const Sentence sentence = say(text, now);
  const auto* report = std::get_if<Report>(&sentence);
  if (report == nullptr) return meaning(sentence);
  return (report->from ? iso_seconds(*report->from) : "-") + std::string(" > ") +
         (report->until ? iso_seconds(*report->until) : "-");
}

struct Case {
  std::string_view now;
  std::string_view head;
  std::string_view means;
};

void expect_all(std::initializer_list<Case> cases) {
  for (const Case& one : cases) {
    EXPECT_EQ(window(std::string(one.head) + ": x", one.now), one.means)
        << one.now << " " << one.head;
  }
}

constexpr std::string_view kNow = "2026-11-21T04:30:20Z";  // 05:30:20 in Paris

TEST(Windows, AreWrittenAsStartAndEndOrLength) {
  expect_all({
      {kNow, "API-MAINT [2026-12-01 02:00/2h]", "2026-12-01T01:00:00Z > 2026-12-01T03:00:00Z"},
      {kNow, "API-MAINT [2026-12-01T02:00..04:00]", "2026-12-01T01:00:00Z > 2026-12-01T03:00:00Z"},
      {kNow, "API-MAINT [2026-12-01 02:00/2026-12-02 02:00]",
       "2026-12-01T01:00:00Z > 2026-12-02T01:00:00Z"},
      {kNow, "API-MAINT [2026-12-01 23:00/01:00]", "2026-12-01T22:00:00Z > 2026-12-02T00:00:00Z"},
      {kNow, "API-MAINT[06:00/1h30m]", "2026-11-21T05:00:00Z > 2026-11-21T06:30:00Z"},
      {kNow, "api-maint [ 06:00 / 1H 30M ] ", "2026-11-21T05:00:00Z > 2026-11-21T06:30:00Z"},
      {kNow, "API-MAINTENANCE [06:00/1d]", "2026-11-21T05:00:00Z > 2026-11-22T05:00:00Z"},
      {kNow, "API-MAINT [05:00/2h]", "2026-11-22T04:00:00Z > 2026-11-22T06:00:00Z"},
      {kNow, "API-MAINT [02:00Z/04:00Z]", "2026-11-22T02:00:00Z > 2026-11-22T04:00:00Z"},
      {kNow, "API-MAINT [2026-12-01 02:00Z/04:00]", "2026-12-01T02:00:00Z > 2026-12-01T04:00:00Z"},
      {kNow, "API-MAINT [2026-12-01 02:00+05:30/1h]",
       "2026-11-30T20:30:00Z > 2026-11-30T21:30:00Z"},
      {kNow, "API-MAINT [2026\u201312\u201301 02\uFF1A00\u202604:00]",
       "2026-12-01T01:00:00Z > 2026-12-01T03:00:00Z"},
      {kNow, "API-MAINT [2026-11-21 05:00/1h]", "2026-11-21T04:00:00Z > 2026-11-21T05:00:00Z"},
      {kNow, "API-MAINT", "- > -"},
  });
}

TEST(Windows, EndAnyState) {
  expect_all({
      {kNow, "API-ISSUE [until 18:00]", "- > 2026-11-21T17:00:00Z"},
      {kNow, "API-UP [UNTIL 18:00]", "- > 2026-11-21T17:00:00Z"},
      {kNow, "API-RESOLVED [until 18:00]", "- > 2026-11-21T17:00:00Z"},
      {kNow, "API-MAINT [until 05:00]", "- > 2026-11-22T04:00:00Z"},
      {kNow, "API-DOWN [until 05:30]", "- > 2026-11-22T04:30:00Z"},
      {kNow, "API-DOWN [until 05:31]", "- > 2026-11-21T04:31:00Z"},
      {kNow, "API-DOWN [until 2026-12-01T18:00Z]", "- > 2026-12-01T18:00:00Z"},
      {kNow, "API-DOWN [until 18:00-05:00]", "- > 2026-11-21T23:00:00Z"},
      {kNow, "API-DOWN[until 18:00]", "- > 2026-11-21T17:00:00Z"},
  });
}

TEST(Windows, BeginAtOnceInTheCurrentMinute) {
  expect_all({
      {kNow, "API-MAINT [05:30/1h]", "2026-11-21T04:30:00Z > 2026-11-21T05:30:00Z"},
      {kNow, "API-MAINT [2026-11-21 05:30/1h]", "2026-11-21T04:30:00Z > 2026-11-21T05:30:00Z"},
      {kNow, "API-MAINT [05:29/1h]", "2026-11-22T04:29:00Z > 2026-11-22T05:29:00Z"},
  });
}

TEST(Windows, WhereTheyDoNotBelongAreMistakes) {
  expect_all({
      {kNow, "API-DOWN [2026-12-01 02:00/2h]", "mistake start_without_maint > "},
      {kNow, "API [until 18:00]", "mistake window_on_notice > API: x"},
      {kNow, "api [until 18:00]", "none"},
      {kNow, "API [beta]", "none"},
      {kNow, "API-IDENTIFIED [until 18:00]", "mistake window_without_state > "},
      {kNow, "API-POSTMORTEM [until 18:00]", "mistake window_without_state > "},
      {kNow, "API-DOWN [until 2026-11-21 05:30]", "mistake until_in_the_past > "},
      {kNow, "API-DOWN [until 2020-01-01 05:30]", "mistake until_in_the_past > "},
      {kNow, "API-MAINT [2026-11-20 05:30/2h]", "mistake until_in_the_past > "},
      {kNow, "API-MAINT [2026-12-01 05:30/2026-12-01 05:30]", "mistake end_before_start > "},
  });
}

TEST(Windows, ThatHoldNoTimeAreMistakes) {
  for (const std::string_view inside : {"",
                                        " ",
                                        "until",
                                        "until ",
                                        "until 25:00",
                                        "until 18:60",
                                        "until 9:00",
                                        "until 18",
                                        "until 2h",
                                        "02:00",
                                        "02:00/",
                                        "/2h",
                                        "02:00/0m",
                                        "02:00/2",
                                        "02:00/2w",
                                        "02:00/99999999h",
                                        "02:00/9999d",
                                        "2026-13-01 02:00/2h",
                                        "2026-02-29 02:00/2h",
                                        "2026-12-0102:00/2h",
                                        "2026-12-01/2h",
                                        "1969-12-01 02:00/2h",
                                        "02:00/2h/3h",
                                        "02:00+15:00/2h",
                                        "02:00z5/2h",
                                        "soon",
                                        "02:00:00/2h",
                                        "02:00 04:00",
                                        "until 18:00 today"}) {
    EXPECT_EQ(meaning(say("API-MAINT [" + std::string(inside) + "]: x")), "mistake bad_window > ")
        << inside;
  }
  EXPECT_EQ(meaning(say("API-MAINT [02:00/2h: x")), "mistake bad_window > ");
  EXPECT_EQ(meaning(say("API-MAINT [02:00/2h\n]: x")), "mistake bad_window > ");
  EXPECT_EQ(meaning(say("API [02:00/2h: x")), "none");
}

TEST(DaylightSaving, ASkippedTimeIsTheMomentOfTheChange) {
  // Paris, 2027-03-28: 02:00 becomes 03:00 at 01:00 UTC.
  expect_all({
      {"2027-03-27T12:00:00Z", "API-MAINT [2027-03-28 02:30/1h]",
       "2027-03-28T01:00:00Z > 2027-03-28T02:00:00Z"},
      {"2027-03-28T00:30:00Z", "API-ISSUE [until 02:30]", "- > 2027-03-28T01:00:00Z"},
      {"2027-03-27T12:00:00Z", "API-MAINT [2027-03-28 01:30/03:30]",
       "2027-03-28T00:30:00Z > 2027-03-28T01:30:00Z"},
      {"2027-03-28T01:00:00Z", "API-ISSUE [until 02:30]", "- > 2027-03-29T00:30:00Z"},
  });
}

TEST(DaylightSaving, ARepeatedTimeIsTheFirstWithADateAndTheNextWithoutOne) {
  // Paris, 2026-10-25: 03:00 becomes 02:00 at 01:00 UTC.
  expect_all({
      {"2026-10-24T12:00:00Z", "API-MAINT [2026-10-25 02:30/1h]",
       "2026-10-25T00:30:00Z > 2026-10-25T01:30:00Z"},
      {"2026-10-24T23:00:00Z", "API-ISSUE [until 02:30]", "- > 2026-10-25T00:30:00Z"},
      {"2026-10-25T00:40:00Z", "API-ISSUE [until 02:30]", "- > 2026-10-25T01:30:00Z"},
      {"2026-10-25T01:40:00Z", "API-ISSUE [until 02:30]", "- > 2026-10-26T01:30:00Z"},
      {"2026-10-24T12:00:00Z", "API-MAINT [2026-10-25 01:30/2h]",
       "2026-10-24T23:30:00Z > 2026-10-25T01:30:00Z"},
      {"2026-10-24T12:00:00Z", "API-MAINT [2026-10-25 02:30+01:00/1h]",
       "2026-10-25T01:30:00Z > 2026-10-25T02:30:00Z"},
  });
}

}  // namespace
}  // namespace signalbox::grammar
