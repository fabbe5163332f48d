#include "base/time.h"

#include <gtest/gtest.h>

#include "base/zone.h"

namespace signalbox {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Time at(const char* text) { return parse_iso(text).value(); }

TEST(Time, ReadsAndWritesIso) {
  EXPECT_EQ(iso(at("2026-11-21T04:30:00Z")), "2026-11-21T04:30:00.000Z");
  EXPECT_EQ(iso(at("2026-11-21T05:30:00.1239+01:00")), "2026-11-21T04:30:00.123Z");
  EXPECT_EQ(iso_seconds(at("2024-02-29 23:59-00:30")), "2024-03-01T00:29:00Z");
}

TEST(Time, RefusesWhatIsNotIso) {
  for (const char* text :
       {"", "2026-11-21", "2026-13-01T00:00Z", "2026-02-30T00:00Z", "2026-11-21T24:00Z",
        "2026-11-21T04:30", "2026-11-21T04:30Zx", "-026-11-21T04:30Z", "2026-11-21T4:30Z"}) {
    EXPECT_FALSE(parse_iso(text)) << text;
  }
}

TEST(Duration, ReadsAndWritesOneUnit) {
  EXPECT_EQ(parse_duration("90s"), std::chrono::seconds(90));
  EXPECT_EQ(parse_duration("500ms"), Duration(500));
  EXPECT_EQ(parse_duration("2h"), hours(2));
  EXPECT_EQ(to_text(minutes(5)), "5m");
  EXPECT_EQ(to_text(Duration(90'000)), "90s");
  for (const char* text : {"", "5", "m", "-5m", "5 m", "5m3s", "1.5h", "99999999999d"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(Zone, KnowsSummerAndWinter) {
  const Zone paris = Zone::find("Europe/Paris").value();
  EXPECT_EQ(paris.iso(at("2026-12-01T01:00:00Z")), "2026-12-01T02:00:00+01:00");
  EXPECT_EQ(paris.iso(at("2026-07-01T01:00:00Z"), true), "2026-07-01T03:00:00.000+02:00");
  EXPECT_EQ(paris.clock_text(at("2026-12-01T01:00:00Z")), "02:00 CET");
  EXPECT_EQ(Zone().iso(at("2026-12-01T01:00:00Z")), "2026-12-01T01:00:00Z");
  EXPECT_FALSE(Zone::find("Europe/Nowhere"));
}

TEST(Zone, TakesTheJumpForASkippedTimeAndTheFirstOfTwo) {
  const Zone paris = Zone::find("Europe/Paris").value();
  const auto local = [](const char* text) { return LocalTime(at(text).time_since_epoch()); };
  EXPECT_EQ(iso_seconds(paris.instant(local("2026-03-29T02:30:00Z"))), "2026-03-29T01:00:00Z");
  EXPECT_EQ(iso_seconds(paris.instant(local("2026-10-25T02:30:00Z"))), "2026-10-25T00:30:00Z");
  EXPECT_EQ(iso_seconds(paris.instant(local("2026-10-25T03:00:00Z"))), "2026-10-25T02:00:00Z");
}

}  // namespace
}  // namespace signalbox
