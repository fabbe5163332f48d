// Writing is the inverse of reading.
#include "grammar/write.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "page.h"

namespace signalbox::grammar {
namespace {

/// What each target of the page stands for, told apart from the code under test.
const std::vector<std::pair<std::string, std::vector<std::string>>>& expansions() {
  static const std::vector<std::pair<std::string, std::vector<std::string>>> kAll{
      {"ALL", {"API", "JS", "BALANCED-JS", "DB"}},
      {"API", {"API"}},
      {"rest", {"API"}},
      {"JS", {"JS"}},
      {"BALANCED-JS", {"BALANCED-JS"}},
      {"DB", {"DB"}},
      {"Core", {"API", "JS"}},
      {"EU-West", {"BALANCED-JS"}}};
  return kAll;
}

void choose_targets(Report& report) {
  const auto count = *rc::gen::inRange<std::size_t>(1, 5);
  for (std::size_t i = 0; i < count; ++i) {
    const auto& [name, services] = *rc::gen::elementOf(expansions());
    if (std::find(report.targets.begin(), report.targets.end(), name) != report.targets.end())
      continue;
    report.targets.push_back(name);
    for (const std::string& service : services) {
      if (std::find(report.services.begin(), report.services.end(), service) ==
          report.services.end()) {
        report.services.push_back(service);
      }
    }
  }
}

void choose_word(Report& report) {
  switch (*rc::gen::inRange(0, 3)) {
    case 0:
      return;
    case 1:
      report.state = *rc::gen::element(State::up, State::issue, State::down, State::maint);
      return;
    case 2:
      break;
  }
  report.phase = *rc::gen::element(Phase::investigating, Phase::identified, Phase::monitoring,
                                   Phase::resolved, Phase::done, Phase::postmortem);
  if (*report.phase == Phase::resolved || *report.phase == Phase::done) report.state = State::up;
}

void choose_window(Report& report, Time now) {
  const auto soon = [&] { return std::chrono::minutes(*rc::gen::inRange(1, 600'000)); };
  if (!report.state || *rc::gen::arbitrary<bool>()) return;
  if (*report.state != State::maint || *rc::gen::arbitrary<bool>()) {
    report.until = now + soon();
  } else {
    report.from = now + soon();
    report.until = *report.from + soon();
  }
}

std::string message() {
  const auto chosen = *rc::gen::container<std::string>(rc::gen::element(
      'a', 'Z', ' ', ':', '-', '[', ']', '/', '@', '\n', ',', '0', '\t', '.', '<', '&'));
  const std::string trimmed(trim(chosen));
  return trimmed.empty() ? "x \u2013 \u00E9" : trimmed;
}

Report any_report(Time now) {
  Report report;
  choose_targets(report);
  choose_word(report);
  choose_window(report, now);
  report.message = message();
  return report;
}

TEST(Write, IsTheInverseOfParse) {
  const bool held = rc::check("parse(write(r)) == r", [] {
    // Any minute of two years, both changes of the clocks among them.
    const Time now =
        at("2026-01-01T00:00:00Z") + std::chrono::minutes(*rc::gen::inRange(0, 1'051'200));
    const Report report = any_report(now);
    const Sentence back = parse(write(report, page()), page(), now);
    RC_ASSERT(std::holds_alternative<Report>(back));
    RC_ASSERT(std::get<Report>(back) == report);
  });
  EXPECT_TRUE(held);
}

TEST(Write, SaysWindowsSoThatTheyMeanTheSameAtAnyTime) {
  const auto written = [](std::string_view text) {
    return write(std::get<Report>(say(text)), page());
  };
  EXPECT_EQ(written("api-maint [2026-12-01 02:00/2h]: x"),
            "API-MAINT [2026-12-01 02:00+01:00/2026-12-01 04:00+01:00]: x");
  EXPECT_EQ(written("API-outage [until 18:00]: x"), "API-DOWN [until 2026-11-21 18:00+01:00]: x");
  EXPECT_EQ(written("rest & core-resolved: x"), "rest,Core-RESOLVED: x");
  EXPECT_EQ(written("JS: x"), "JS: x");
}

}  // namespace
}  // namespace signalbox::grammar
