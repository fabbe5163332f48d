// Who is on call: names that take turns of whole days.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/zone.h"

namespace signalbox {

/// Names in turn, for ever.
struct Rota {
  std::vector<std::string> names;  ///< in the order of their turns; empty: nobody is named
  LocalTime from{};           ///< when the first turn of the first name begins, on the page's clock
  std::chrono::days turn{1};  ///< how long one turn is; at least a day

  bool operator==(const Rota&) const = default;
};

/// Whose turn it is at `now` on the clock of `zone`, also before `from`; "" when nobody is named.
std::string on_call(const Rota& rota, const Zone& zone, Time now);

}  // namespace signalbox
