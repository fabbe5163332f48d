// The safety catch: too many changes by one author, and ALL-DOWN without evidence, wait for a
// second voice.
#pragma once

#include <optional>
#include <string>

#include "ledger/decision.h"

namespace signalbox::ledger {

/// Why `report` must wait ("safety_catch", "all_down_unconfirmed"), or nullopt. The console is
/// never held.
std::optional<Decision> held_back(const Case& c, const Report& report);
/// The held report that says the same, or null.
const HeldReport* held_alike(const Book& book, const Report& report);
/// The time of the first change in the span that ends with `author`'s latest; nullopt when there is
/// none.
std::optional<Time> burst_began(const Book& book, const Rules& rules, const std::string& author);
/// The same services, state and phase.
bool says_the_same(const Report& a, const Report& b);

}  // namespace signalbox::ledger
