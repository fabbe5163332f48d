#include "model/rota.h"

#include <gtest/gtest.h>

namespace signalbox {
namespace {

Time at(const std::string& text) { return parse_iso(text).value(); }

/// Weeks from Monday, 23 November 2026, 09:00 on the page's clock.
Rota weekly() {
  Rota rota;
  rota.names = {"Ada", "Grace", "Linus"};
  rota.from = LocalTime(at("2026-11-23T09:00:00Z").time_since_epoch());
  rota.turn = std::chrono::days(7);
  return rota;
}

TEST(Rota, NamesNobodyWhereNobodyIsNamed) {
  EXPECT_EQ(on_call({}, {}, at("2026-11-23T09:00:00Z")), "");
}

TEST(Rota, ChangesAtItsHourOnThePagesClock) {
  const Zone paris = Zone::find("Europe/Paris").value();
  const struct {
    const char* now;
    const char* name;
  } table[] = {
      {"2026-11-23T08:00:00Z", "Ada"},   {"2026-11-30T07:59:59Z", "Ada"},
      {"2026-11-30T08:00:00Z", "Grace"}, {"2026-12-07T08:00:00Z", "Linus"},
      {"2026-12-14T08:00:00Z", "Ada"},   {"2026-11-23T07:59:59Z", "Linus"},
      {"2026-11-16T07:59:59Z", "Grace"}, {"2027-03-29T06:59:59Z", "Linus"},
      {"2027-03-29T07:00:00Z", "Ada"},  // summer time: still nine o'clock
  };
  for (const auto& row : table)
    EXPECT_EQ(on_call(weekly(), paris, at(row.now)), row.name) << row.now;
}

TEST(Rota, OfOneIsAlwaysThatOne) {
  Rota rota;
  rota.names = {"Ada"};
  for (const char* now : {"1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "2026-11-23T09:00:00Z"}) {
    EXPECT_EQ(on_call(rota, {}, at(now)), "Ada");
  }
}

}  // namespace
}  // namespace signalbox
