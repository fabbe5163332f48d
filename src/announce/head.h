// The head of an announcement: which targets name a set of services, and which words follow them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/zone.h"
#include "model/announcement.h"
#include "model/report.h"
#include "model/snapshot.h"

namespace signalbox::announce {

/// Worst first; of those alike, in the board's order.
std::vector<Line> worst_first(std::vector<Line> lines, const Snapshot& board);
State worst_of(const std::vector<Line>& lines);

/// The targets that name exactly `services`, in their order: ALL for all of several, a group's slug
/// for a whole group of several, else the ids.
std::vector<std::string> folded(const std::vector<std::string>& services, const Snapshot& board);
/// The services a target stands for; none for one the board does not know (an alias).
std::vector<std::string> expanded(const std::string& target, const Snapshot& board);

/// What follows the targets of staff's report: `ISSUE`, `RESOLVED`, `MAINT [… / …]`, "" for a
/// notice.
std::string head_word(const Report& report, const Zone& zone);
/// `API,JS-DOWN`; "" without targets.
std::string head(const std::vector<std::string>& targets, const std::string& word);

}  // namespace signalbox::announce
