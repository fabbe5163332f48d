// Incidents: opened, spoken in, closed service by service (rules, section 3).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/said.h"

namespace signalbox::ledger {

/// What an incident or maintenance of `services` is called (model/incident_name.h).
std::string incident_name(const Book& book, const std::vector<std::string>& services,
                          std::string_view message);

/// Opens an incident without services or updates and gives its id.
std::string open_incident(Book& book, std::uint64_t seq, std::string name, Time at, bool automatic);
/// Sets a service's state in an open incident, and keeps `worst`, the index and `update.affected`
/// in step.
void change(Book& book, Incident& incident, const std::string& service, State state,
            Update& update);
/// Resolves the incident if its last service is UP.
void settle(Book& book, Incident& incident, Time at);
/// Resolves the incident with every service UP.
void resolve(Book& book, Incident& incident, Time at);
/// Takes a resolved incident up again; services that are in another open one leave it.
void reopen(Book& book, Incident& incident);
/// Keeps updates in the order of their time.
void add_update(std::vector<Update>& updates, Update update);

/// Staff states trouble: updates, joins or opens incidents. Gives the first one's id.
std::string speak_trouble(Book& book, const Said& said, const std::vector<std::string>& services,
                          State state);
/// Staff states UP: closes, or waits in MONITORING while measured is worse. Gives the first one's
/// id or "".
std::string speak_up(Book& book, const Said& said, const std::vector<std::string>& services);
/// Staff moves the phase of every open incident with one of `services`. Gives the first one's id or
/// "".
std::string speak_phase(Book& book, const Said& said, const std::vector<std::string>& services);

}  // namespace signalbox::ledger
