#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/web/calendar_reader.h"
#include "tests/unit/web/samples.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using testing::HasSubstr;

std::string calendar(const Snapshot& snapshot) {
  return render(samples::shared(snapshot), nullptr, nullptr)->find("/maintenance.ics")->body();
}

Component event(const Snapshot& snapshot) { return components_in(calendar(snapshot)).at(1); }

TEST(Calendar, HasEachMaintenanceInUtc) {
  Component work = event(samples::bad_night());
  EXPECT_EQ(work[""], "VEVENT");
  EXPECT_EQ(work["UID"], "mmmmmmmmmmmm@status.acme.example");
  EXPECT_EQ(work["DTSTART"], "20261121T233000Z");
  EXPECT_EQ(work["DTEND"], "20261122T013000Z");
  EXPECT_EQ(work["DTSTAMP"], "20261121T013000Z");
  EXPECT_EQ(work["STATUS"], "CONFIRMED");
  EXPECT_EQ(work["SEQUENCE"], "1");
  EXPECT_EQ(text_of(work["SUMMARY"]), "DB: new disks");
  EXPECT_THAT(text_of(work["DESCRIPTION"]), HasSubstr("Services: DB service"));
  EXPECT_EQ(work["URL"], "https://status.acme.example/incidents/mmmmmmmmmmmm");
}

TEST(Calendar, IsTheSameUntilSomethingChanges) {
  Snapshot snapshot = samples::bad_night();
  const std::string before = calendar(snapshot);
  snapshot.as_of += std::chrono::minutes(5);
  snapshot.generation += 1;
  EXPECT_EQ(calendar(snapshot), before);
}

TEST(Calendar, CallsOffWhatNeverBegan) {
  Snapshot snapshot = samples::bad_night();
  Maintenance& work = snapshot.maintenances[0];
  const Component before = event(snapshot);
  work.ended = samples::now();
  Component after = event(snapshot);
  EXPECT_EQ(after["STATUS"], "CANCELLED");
  EXPECT_EQ(after["DTSTART"], before.at("DTSTART"));
  EXPECT_EQ(after["DTEND"], before.at("DTEND")) << "the window stays where calendars know it";
  EXPECT_GT(std::stoi(after["SEQUENCE"]), std::stoi(before.at("SEQUENCE")));
  EXPECT_EQ(after["UID"], before.at("UID"));
}

TEST(Calendar, EndsEarlyWhereTheWorkDid) {
  Snapshot snapshot = samples::bad_night();
  Maintenance& work = snapshot.maintenances[0];
  work.from = samples::now() - std::chrono::hours(1);
  work.until = samples::now() + std::chrono::hours(1);
  work.started = work.from;
  work.ended = samples::now();
  Component after = event(snapshot);
  EXPECT_EQ(after["STATUS"], "CONFIRMED");
  EXPECT_EQ(after["DTEND"], "20261121T033000Z");
  work.ended = work.from;
  EXPECT_EQ(event(snapshot)["DTEND"], "20261121T023100Z") << "an end is after its start";
}

TEST(Calendar, GivesTwoHoursToWorkWithoutAnEnd) {
  Snapshot snapshot = samples::bad_night();
  snapshot.maintenances[0].until.reset();
  Component work = event(snapshot);
  EXPECT_EQ(work["DTEND"], "20261122T013000Z");
  EXPECT_THAT(text_of(work["DESCRIPTION"]), HasSubstr("No end was given."));
}

TEST(Calendar, HoldsSomethingWhereNothingIsPlanned) {
  Snapshot snapshot = samples::bad_night();
  snapshot.maintenances.clear();
  const auto all = components_in(calendar(snapshot));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].at(""), "VFREEBUSY");
}

TEST(Calendar, FoldsWithoutCuttingACharacter) {
  for (int shift = 0; shift < 5; ++shift) {
    Snapshot snapshot = samples::bad_night();
    std::string name(static_cast<std::size_t>(shift), 'x');
    for (int i = 0; i < 60; ++i) name += "\U0001F525\u00e9,;\\";
    snapshot.maintenances[0].name = name;
    EXPECT_EQ(text_of(event(snapshot)["SUMMARY"]), name);
  }
}

TEST(Calendar, TakesNoLineFromWhatWasSaid) {
  Snapshot snapshot = samples::bad_night();
  const std::string said = "new disks\r\nEND:VEVENT\nBEGIN:VALARM\\n\\,;:\"";
  snapshot.maintenances[0].updates[0].text = said;
  snapshot.maintenances[0].name = said;
  const auto all = components_in(calendar(snapshot));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_THAT(text_of(all[1].at("DESCRIPTION")),
              HasSubstr("new disks\nEND:VEVENT\nBEGIN:VALARM\\n\\,;:\""));
}

}  // namespace
}  // namespace signalbox::web
