#include "app/lines/first_turns.h"

#include <gtest/gtest.h>

#include "tests/support/fake_clock.h"

namespace signalbox::app {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

SourceWork check(const std::string& id, Duration every) {
  SourceWork work;
  work.setup.id = id;
  work.setup.every = every;
  return work;
}

TEST(FirstTurns, AreEachChecksOwnWhateverStandsBeforeIt) {
  testing::FakeClock clock;
  std::vector<SourceWork> checks;
  for (int i = 0; i < 40; ++i) {
    checks.push_back(check("A/" + std::to_string(i), seconds(i % 2 == 0 ? 30 : 10)));
  }
  const auto before = first_turns(checks, clock);
  checks.insert(checks.begin() + 7, check("NEW/http", seconds(60)));
  auto after = first_turns(checks, clock);
  after.erase(after.begin() + 7);
  EXPECT_EQ(before, after);
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_LT(before[i] - clock.steady(), seconds(i % 2 == 0 ? 30 : 10));
    EXPECT_GT(before[i] - clock.steady(), -milliseconds(100)) << "its whole step is still to come";
  }
}

}  // namespace
}  // namespace signalbox::app
