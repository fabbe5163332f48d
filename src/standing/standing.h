// The merge: what staff stated and what was measured, into the one state that is shown (rules,
// section 5).
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "model/book.h"
#include "model/standing.h"

namespace signalbox::standing {

/// How long a stated UP covers a service that should be measured and is not.
inline constexpr Duration kStatedUpCovers = std::chrono::hours(1);
/// How long a maintenance without an end is in force.
inline constexpr Duration kMaintenanceWithoutEnd = std::chrono::hours(2);

/// What merge() weighs, beside the time.
struct Evidence {
  std::optional<Statement> stated;      ///< staff's word in force; MAINT where a window says so
  std::optional<Measurement> measured;  ///< none: nothing measures it
  bool maintenance = false;             ///< a MAINT window is in force
  Time began{};  ///< start of the process: UNKNOWN since then when there never was a reading
};

/// The one state with a named reason and the note beside it. Pure. The reasons:
/// maintenance, stated_in_maintenance (1); stated_until (staff's `UP [until …]` sets measurement
/// aside); agreed, stated_worse, measured_worse, measured (2); stated_unmeasured,
/// stated_covers_gap, and measurement's own reason for UNKNOWN (3); stated, nobodys_word (4). The
/// measurement in it has its instant set to `began` when there never was one.
Standing merge(const Evidence& evidence, Time now);

/// The evidence on one service that the book holds at `now`, with the newest measurement. A word
/// whose `until` has passed and a maintenance that is over are no evidence. While one is in force
/// and nothing worse is stated, it is what staff states.
Evidence evidence(const Book& book, const std::string& service,
                  const std::optional<Measurement>& measured, Time now, Time began);

/// Whether the window is in force at `now`.
bool in_force(const Maintenance& maintenance, Time now);

}  // namespace signalbox::standing
