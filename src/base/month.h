// A calendar month on a page's clock: from its first local midnight to that of the next.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "base/zone.h"

namespace signalbox {

/// One month of one zone: [from, to). An hour longer or shorter where the clocks change in it.
struct Month {
  std::string name;  ///< `2026-10`
  Time from{};
  Time to{};

  bool operator==(const Month&) const = default;
};

/// Reads `2026-10`, the years 1970 to 9999; nullopt for anything else.
std::optional<Month> parse_month(std::string_view text, const Zone& zone);
/// The month that `t` is in.
Month month_of(Time t, const Zone& zone);

}  // namespace signalbox
