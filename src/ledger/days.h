// How long each service was in which state, day by day (UTC): what uptime is made from.
#pragma once

#include "model/book.h"

namespace signalbox::ledger {

/// Adds the time from `entry.since` to `until` to the days' tallies and forgets days older than 90.
/// `since` stays.
void tally(ServiceEntry& entry, Time until);
/// Folds a change of what a service is shown in.
void fold_standing(Book& book, const StandingChanged& changed, Time now);
/// Folds a new set of services: new ones begin, removed ones are closed where they were in trouble.
void fold_configured(Book& book, std::uint64_t seq, const Configured& configured, Time now);

}  // namespace signalbox::ledger
