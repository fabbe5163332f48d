// What a report, said anew, does: applied, recorded, held, or a mistake.
#pragma once

#include "ledger/decision.h"

namespace signalbox::ledger {

/// Decides on a report by an author who may speak.
Decision judge(const Case& c, const Report& report);
/// A phase that makes no sense as things are ("no_open_incident", "no_resolved_incident"), or
/// nullopt.
std::optional<Decision> phase_mistake(const Case& c, const Report& report);
/// The named reason under which an accepted report is applied: "report", "up", "measured_worse",
/// "maintenance", …
std::string applied_reason(const Book& book, const Report& report);

}  // namespace signalbox::ledger
