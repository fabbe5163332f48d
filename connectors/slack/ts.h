// Slack's message ids: "seconds.micros", compared as two whole numbers, never as one with a point.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/time.h"

namespace signalbox::connectors::slack {

/// A message's ts taken apart. Later messages compare greater.
struct Ts {
  std::uint64_t seconds = 0;
  std::uint64_t micros = 0;

  auto operator<=>(const Ts&) const = default;
};

/// Nullopt unless it is digits, a point, digits. Fewer than six digits behind the point are filled
/// up as decimals are.
std::optional<Ts> read_ts(std::string_view text);
/// When it was written, to the millisecond.
Time instant(const Ts& ts);
/// Whether `a` is a ts later than `b`. An unreadable `b` is before everything, an unreadable `a`
/// after nothing.
bool later(std::string_view a, std::string_view b);

}  // namespace signalbox::connectors::slack
