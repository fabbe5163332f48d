// Announcements are written in the grammar that staff writes: followers may copy them, and other
// boards may read them.
#include <gtest/gtest.h>

#include "announce/head.h"
#include "grammar/parse.h"
#include "stage.h"

namespace signalbox::announce {
namespace {

struct Page {
  Page() {
    for (const auto& [id, group] :
         std::vector<std::pair<std::string, std::string>>{{"API", "Core"},
                                                          {"JS", "Core"},
                                                          {"WEB", ""},
                                                          {"BALANCED-JS", "Edge & more"},
                                                          {"CDN", "Edge & more"}}) {
      Service s;
      s.id = id;
      s.group = group;
      services.push_back(s);
    }
  }
  Stage stage() const {
    Stage s({"API", "JS", "WEB", "BALANCED-JS", "CDN"});
    for (const Service& service : services) s.view(service.id).group = service.group;
    return s;
  }
  Sentence read(const std::string& line) const {
    return grammar::parse(line, grammar::Lexicon(services, Zone()), kStart);
  }

  std::vector<Service> services;
};

std::vector<std::string> sorted(std::vector<std::string> ids) {
  std::ranges::sort(ids);
  return ids;
}

TEST(Composed, FindingsReadAsReportsOfTheirServicesAndState) {
  const Page page;
  for (unsigned which = 1; which < 32; ++which) {
    Stage s = page.stage();
    std::vector<std::string> fallen;
    for (std::size_t i = 0; i < page.services.size(); ++i) {
      if ((which >> i & 1U) != 0) fallen.push_back(page.services[i].id);
    }
    for (const std::string& id : fallen) s.becomes(id, State::down, 620);
    s.pass(hours(1));
    for (const std::string& id : fallen) s.becomes(id, State::up, 1000);
    s.pass(hours(1));
    ASSERT_EQ(s.told.size(), 2u);
    for (const Announcement& a : s.told) {
      const Sentence read = page.read(compose(a, Limits{}, s.board));
      const auto* report = std::get_if<Report>(&read);
      ASSERT_NE(report, nullptr) << compose(a, Limits{}, s.board);
      EXPECT_EQ(sorted(report->services), sorted(fallen));
      EXPECT_EQ(report->state, a.lines[0].state);
    }
  }
}

TEST(Composed, StaffWordsReadAsWhatStaffSaid) {
  const Page page;
  for (const std::string said :
       {"API-DOWN: disks", "api,JS-issue: slow", "ALL-UP: fine", "Core-IDENTIFIED: bad deploy",
        "Edge---more-DONE: over", "BALANCED-JS-DOWN: x", "WEB: read our postmortem",
        "WEB-MAINT [2026-12-01 02:00/2h]: new disks", "API-ISSUE [until 18:00]: probe",
        "CDN-RESOLVED: it was the cable", "WEB-MAINT: now"}) {
    const Sentence first = page.read(said);
    const auto* report = std::get_if<Report>(&first);
    ASSERT_NE(report, nullptr) << said;
    PostReceived what;
    what.sentence = first;
    what.verdict = Verdict::applied;
    what.tell = true;
    what.post.at = kStart;
    const Event event{.seq = 1, .at = kStart, .what = what};
    const Stage s = page.stage();
    const auto told = what_to_say(event, {}, {}, s.board, s.habits);
    const std::string line = compose(told.at(0), Limits{}, s.board);
    const Sentence second = page.read(line);
    Report expected = *report;
    expected.message += " (03:00 UTC)";
    ASSERT_TRUE(std::holds_alternative<Report>(second)) << line;
    EXPECT_EQ(std::get<Report>(second), expected) << line;
  }
}

TEST(Composed, WordsToStaffAndWithdrawalsReadAsNothing) {
  const Page page;
  const Stage s = page.stage();
  for (const std::string text :
       {"withdrawn: API-DOWN: disks", "back to 99.9 % for 10 min; post `API-UP: …` to close \"x\"",
        "no word for 30 min in \"x\"; post `API-UP: …`", "held: many changes by one author",
        "held, waits for a second author or the console: \"API-DOWN: x\"",
        "now API DOWN, 4 others UP", "no fresh measurement, shown as UNKNOWN: API since 03:00 UTC",
        "maintenance \"x\" had no end and is over after 2 h; if it goes on, post `API-MAINT: …`",
        "still measured API DOWN; the incident is MONITORING and closes when measurement is UP"}) {
    Announcement a;
    a.text = text;
    EXPECT_TRUE(std::holds_alternative<NotOurs>(page.read(compose(a, Limits{}, s.board)))) << text;
  }
}

}  // namespace
}  // namespace signalbox::announce
