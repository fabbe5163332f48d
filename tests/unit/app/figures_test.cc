#include "app/core/figures.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace signalbox::app {
namespace {

using std::chrono::seconds;
using DaysMade = std::shared_ptr<const std::vector<Rollup>>;

constexpr int kServices = 120;
const Time kNow = std::chrono::sys_days(std::chrono::days(20000)) + std::chrono::hours(12);

ServiceEntry entry() {
  ServiceEntry one;
  one.since = kNow - std::chrono::hours(3);
  return one;
}

std::vector<DaysMade> made_at(Figures& figures, Time now) {
  std::vector<DaysMade> all;
  for (int n = 0; n < kServices; ++n) {
    all.push_back(figures.days("S" + std::to_string(n), entry(), entry().since, now));
  }
  return all;
}

int differing(const std::vector<DaysMade>& a, const std::vector<DaysMade>& b) {
  int count = 0;
  for (std::size_t n = 0; n < a.size(); ++n) count += a[n] != b[n] ? 1 : 0;
  return count;
}

TEST(Figures, MakeEachServicesRunningDayAnewOnceAMinuteAtAMomentOfItsOwn) {
  Figures figures;
  const std::vector<DaysMade> first = made_at(figures, kNow);
  ASSERT_NE(first.front(), nullptr);
  std::vector<DaysMade> last = first;
  for (int step = 1; step <= 12; ++step) {
    const std::vector<DaysMade> next = made_at(figures, kNow + step * seconds(5));
    const int renewed = differing(last, next);
    EXPECT_GT(renewed, 0) << step;
    EXPECT_LT(renewed, kServices / 4) << step;
    last = next;
  }
  EXPECT_EQ(differing(first, last), kServices);
}

}  // namespace
}  // namespace signalbox::app
