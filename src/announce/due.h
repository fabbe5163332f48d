// The rules of what one service gives us to say, as one decision with a named reason (rules,
// section 6).
#pragma once

#include <optional>
#include <string>

#include "announce/announce.h"

namespace signalbox::announce {

/// What the board says of a service that turns or silences a finding.
struct Circumstance {
  bool silenced = false;            ///< maintenance, or staff's `UP [until …]`
  std::optional<Statement> stated;  ///< staff's word in force
  bool staff_owns = false;          ///< staff has spoken in its open incident
};
Circumstance circumstance(const ServiceView& view, const Snapshot& board);

/// Something to say of one service.
struct Due {
  Tidings tidings = Tidings::worse;
  bool told = true;
  std::string reason;
  Time earliest{};  ///< from here on it joins a group that is complete
  Time at{};        ///< from here on its group is complete
};

/// How many worsenings count against the limit at `now`, and whether they use it up.
bool at_limit(const Told& told, const Habits& habits, Time now);
/// What there is to say of a service; nullopt: nothing, as things are.
std::optional<Due> due(const std::string& service, const Told& told, const Circumstance& here,
                       const Habits& habits, Time now);

}  // namespace signalbox::announce
