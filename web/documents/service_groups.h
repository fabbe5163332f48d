// How the board and the groups of its services are, and how many of each are in trouble.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/documents/edition.h"
#include "web/documents/view.h"

namespace signalbox::web {

/// Services of one group, in the order of the configuration. Points into the snapshot.
struct ServiceGroup {
  std::string_view name;  ///< "": those in none
  State worst = State::up;
  std::vector<const ServiceView*> services = {};
};

/// In the order of their first services.
std::vector<ServiceGroup> service_groups(const Snapshot& snapshot);
/// Whether a reader should look at it: DOWN, ISSUE or UNKNOWN. Planned work is no trouble.
bool in_trouble(State state);
/// As which the whole board is told, in its sentence, its frame and its icon: an open incident
/// never in green, nor as planned work; nothing for certain of which nothing has been heard.
State headline_state(const Edition& edition);
/// A group's name, slug, state and how many of it are in trouble; its services are left to add.
View group_view(const Language& language, const ServiceGroup& group);
/// "1 DOWN, 2 ISSUE, 97 UP", worst first, as a list; what no service is in is left out.
View tally_view(const Edition& edition);

}  // namespace signalbox::web
