// The merge: what staff stated and what was measured, into the one state that is shown (rules, section 5).
#pragma once

#include <optional>

#include "base/time.h"
#include "model/book.h"
#include "model/standing.h"

namespace signalbox::standing {

/// What merge() weighs, beside the time.
struct Evidence {
  std::optional<Statement> stated;       ///< staff's word in force
  std::optional<Measurement> measured;   ///< none: nothing measures it
  bool maintenance = false;              ///< a MAINT window is in force
  Time began{};                          ///< start of the process, when measured never had a reading
};

/// The one state with a named reason and the note beside it. Pure.
Standing merge(const Evidence& evidence, Time now);
/// The evidence on one service that the book holds at `now`, with the newest measurement.
Evidence evidence(const Book& book, const std::string& service, const std::optional<Measurement>& measured, Time now,
                  Time began);

}  // namespace signalbox::standing
