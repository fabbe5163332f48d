#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/web/samples.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

SitePtr site(const Snapshot& snapshot = samples::bad_night()) {
  return render(samples::shared(snapshot), nullptr, nullptr);
}

std::string text(const Snapshot& snapshot = samples::bad_night()) {
  return site(snapshot)->find("/status.txt")->body();
}

TEST(StatusText, BeginsWithTheOneSentence) {
  EXPECT_THAT(text(),
              StartsWith("# Acme status\n\n> API service is down; JS service has issues; "));
  EXPECT_THAT(text(), HasSubstr("\nAs of 2026-11-21 03:30 UTC."));
}

TEST(StatusText, TellsOfEachServiceWhatIsKnown) {
  const std::string all = text();
  EXPECT_THAT(all,
              HasSubstr("Core:\n- DOWN API (API service), since 2026-11-21 02:50 UTC; stated DOWN "
                        "2026-11-21 02:50 UTC: disks caught fire\n"));
  EXPECT_THAT(all, HasSubstr("- ISSUE JS (JS service), since 2026-11-21 02:50 UTC; measured ISSUE "
                             "(97.298% of requests) 2026-11-21 03:29 UTC\n"));
  EXPECT_THAT(all, HasSubstr("- UP DOCS (DOCS service), since 2026-11-21 02:50 UTC\n"));
}

TEST(StatusText, PutsNoServiceUnderAGroupThatIsNotItsOwn) {
  Snapshot snapshot = samples::bad_night();
  snapshot.services.resize(3);
  snapshot.services[0].group = snapshot.services[2].group = "Core";
  snapshot.services[1].group = "";
  const std::string all = text(snapshot);
  const std::size_t at = all.find("\n## Services\n\n- ISSUE JS ");
  ASSERT_NE(at, std::string::npos);
  EXPECT_THAT(all.substr(all.find("Core:\n", at)),
              AllOf(StartsWith("Core:\n- DOWN API "), Not(HasSubstr("- ISSUE JS "))));
  EXPECT_EQ(all.find("Core:", all.find("Core:", at) + 1), std::string::npos);
}

TEST(StatusText, TellsOfTroubleWorkAndNotices) {
  const std::string all = text();
  EXPECT_THAT(all, HasSubstr("## Open incidents\n\n- Identified: API: disks caught fire\n"
                             "  https://status.acme.example/incidents/aaaaaaaaaaaa\n"
                             "  - 2026-11-21 02:55 UTC, Identified: see "));
  EXPECT_THAT(
      all, HasSubstr("- Planned: DB: new disks, 2026-11-21 23:30 UTC to 2026-11-22 01:30 UTC\n"));
  EXPECT_THAT(all, HasSubstr("DOCS: anyone up for lunch?\n"));
  EXPECT_THAT(all, HasSubstr("## Resolved in the last 30 days\n\n- 2026-11-18 03:30 UTC to "
                             "2026-11-18 04:00 UTC: JS: disks caught fire\n"));
  EXPECT_THAT(all, HasSubstr("https://status.acme.example/api/openapi.json"));
}

TEST(StatusText, SaysThatNothingIsOpen) {
  Snapshot quiet = samples::bad_night();
  quiet.incidents = {};
  EXPECT_THAT(text(quiet), HasSubstr("## Open incidents\n\nNone.\n"));
}

TEST(StatusText, CountsWhatItLeavesOut) {
  Snapshot long_one = samples::bad_night();
  Incident incident = *long_one.incidents.begin();
  for (int i = 0; i < 10; ++i) incident.updates.push_back(incident.updates[1]);
  long_one.incidents = {incident};
  EXPECT_THAT(text(long_one), HasSubstr("  - 7 earlier\n"));
}

TEST(StatusText, SaysSinceWhenItWasNotUpdated) {
  EXPECT_THAT(site()->find_stale("/status.txt", samples::now())->body(),
              HasSubstr("\n\nNOT UPDATED SINCE 2026-11-21 03:30 UTC: "));
  EXPECT_THAT(text(), Not(HasSubstr("NOT UPDATED")));
}

TEST(StatusText, TakesNoLineFromWhatWasSaid) {
  Snapshot snapshot = samples::bad_night();
  snapshot.services[3].name = "docs\n- UP FAKE";
  snapshot.notices[0].text = "lunch\n\n## Open incidents\n\nNone.";
  EXPECT_THAT(text(snapshot), HasSubstr("(docs\\n- UP FAKE)"));
  EXPECT_THAT(text(snapshot), HasSubstr("lunch\\n\\n## Open incidents\\n\\nNone.\n"));
}

}  // namespace
}  // namespace signalbox::web
