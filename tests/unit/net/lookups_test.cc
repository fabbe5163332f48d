#include "net/lookups.h"

#include <gtest/gtest.h>

#include <array>

namespace signalbox::net {
namespace {

using std::chrono::milliseconds;

const Lookups::Moment kNow{std::chrono::hours(5)};

TEST(Lookups, OfAZoneThatHangsHoldNoPlaceOfOthers) {
  Lookups lookups(64);
  std::array<char, 1000> checks{};
  std::size_t begun = 0;
  for (; begun < checks.size() && lookups.room("hangs.test", kNow); ++begun) {
    lookups.begin(&checks[begun], "hangs.test", kNow);
  }
  EXPECT_EQ(begun, 16u) << "a quarter";
  EXPECT_TRUE(lookups.room("well.test", kNow));
  lookups.end(&checks[0]);
  EXPECT_TRUE(lookups.room("hangs.test", kNow));
}

TEST(Lookups, ThatTakeLongLeaveTheirPlaces) {
  Lookups lookups(64);
  std::array<char, 1000> checks{};
  std::size_t next = 0;
  const auto fill = [&](Lookups::Moment now) {
    const std::size_t before = next;
    for (; next < checks.size(); ++next) {
      const std::string zone = "zone" + std::to_string(next / 4) + ".test";
      if (!lookups.room(zone, now)) break;
      lookups.begin(&checks[next], zone, now);
    }
    return next - before;
  };
  EXPECT_EQ(fill(kNow), 64u);
  EXPECT_EQ(fill(kNow + milliseconds(999)), 0u);
  EXPECT_EQ(fill(kNow + Lookups::kSlow), 64u) << "sixteen zones hang, and others go on";
  for (int round = 2; round < 20; ++round) fill(kNow + round * Lookups::kSlow);
  EXPECT_EQ(next, 64 * Lookups::kAll) << "threads are limited all the same";
}

TEST(Lookups, ThatEndGiveTheirPlacesBack) {
  Lookups lookups(4);
  std::array<char, 4> checks{};
  for (char& check : checks)
    lookups.begin(&check, "a" + std::to_string(&check - checks.data()), kNow);
  EXPECT_FALSE(lookups.room("b", kNow));
  lookups.end(&checks[2]);
  lookups.end(&checks[2]);
  EXPECT_TRUE(lookups.room("b", kNow));
}

TEST(Lookups, KnowAZoneByTheEndOfAName) {
  EXPECT_EQ(zone_of("www.eu.Acme.example"), "acme.example");
  EXPECT_EQ(zone_of("acme.example."), "acme.example");
  EXPECT_EQ(zone_of("nas"), "nas");
  EXPECT_EQ(zone_of(""), "");
  EXPECT_EQ(zone_of(".example"), ".example");
}

}  // namespace
}  // namespace signalbox::net
