// Statuspage's words for our states and phases.
#include <algorithm>
#include <set>

#include "web/documents/words.h"

namespace signalbox::web {
namespace {

bool any(const Snapshot& snapshot, State state) {
  return std::ranges::any_of(snapshot.services, [&](const auto& s) { return s.state == state; });
}

/// Services that were down at some point of `incident`.
std::set<std::string> downed(const Incident& incident) {
  std::set<std::string> ids;
  for (const auto& [id, state] : incident.services) {
    if (state == State::down) ids.insert(id);
  }
  for (const Update& update : incident.updates) {
    for (const Affected& affected : update.affected) {
      if (affected.after == State::down) ids.insert(affected.service);
    }
  }
  return ids;
}

}  // namespace

std::string_view component_status(State state) {
  switch (state) {
    case State::up:
      return "operational";
    case State::issue:
      return "partial_outage";
    case State::down:
      return "major_outage";
    case State::maint:
      return "under_maintenance";
    case State::unknown:
      return "degraded_performance";
  }
  return "degraded_performance";
}

std::string_view incident_status(Phase phase) {
  switch (phase) {
    case Phase::investigating:
      return "investigating";
    case Phase::identified:
      return "identified";
    case Phase::monitoring:
      return "monitoring";
    case Phase::resolved:
    case Phase::done:
      return "resolved";
    case Phase::postmortem:
      return "postmortem";
  }
  return "investigating";
}

std::string indicator(const Snapshot& snapshot) {
  if (snapshot.services.empty()) return "minor";  // as UNKNOWN alone
  const auto down = [](const auto& s) { return s.state == State::down; };
  if (std::ranges::all_of(snapshot.services, down)) return "critical";
  if (any(snapshot, State::down)) return "major";
  if (any(snapshot, State::issue) || any(snapshot, State::unknown)) return "minor";
  return any(snapshot, State::maint) ? "maintenance" : "none";
}

std::string_view description(std::string_view indicator) {
  if (indicator == "critical") return "Major Service Outage";
  if (indicator == "major") return "Partial System Outage";
  if (indicator == "minor") return "Partially Degraded Service";
  if (indicator == "maintenance") return "Service Under Maintenance";
  return "All Systems Operational";
}

std::string impact(const Snapshot& snapshot, const Incident& incident) {
  if (incident.worst != State::down) return "minor";
  const auto ids = downed(incident);
  const bool all =
      std::ranges::all_of(snapshot.services, [&](const auto& s) { return ids.contains(s.id); });
  return all && !snapshot.services.empty() ? "critical" : "major";
}

}  // namespace signalbox::web
