// Maintenances: announced, in force, ended (rules, sections 2, 3 and 5.1).
#pragma once

#include <string>
#include <vector>

#include "ledger/said.h"

namespace signalbox::ledger {

/// Staff plans work, or speaks again of work that is running. Gives the maintenance's id.
std::string speak_maintenance(Book& book, const Said& said);
/// Changes the window, services and words of the maintenance that `said`'s post announced.
void replan(Book& book, Maintenance& work, const Said& said);
/// UP or DONE: ends running work early, for `services` only. Gives the first one's id or "".
std::string end_early(Book& book, const Said& said, const std::vector<std::string>& services);
/// What staff states by it of each service, for as long as it is in force.
Statement statement_by(const Maintenance& work);
/// Puts it in force: MAINT is stated where nothing worse is.
void start(Book& book, Maintenance& work, Time at);
/// Ends it, or cancels it before its start.
void end(Book& book, Maintenance& work, Time at);

}  // namespace signalbox::ledger
