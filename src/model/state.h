// The states a service can be in and the phases an incident goes through, with their words in the
// grammar.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace signalbox {

/// What a service is. `unknown` is never stated by staff: it means that measurement should say and
/// cannot.
enum class State : std::uint8_t { up, issue, down, maint, unknown };

/// Where an incident stands. `done` ends a maintenance, `postmortem` adds a text to a resolved
/// incident.
enum class Phase : std::uint8_t {
  investigating,
  identified,
  monitoring,
  resolved,
  done,
  postmortem
};

/// "UP", "ISSUE", "DOWN", "MAINT", "UNKNOWN".
std::string_view word(State state);
/// "INVESTIGATING" … "POSTMORTEM".
std::string_view word(Phase phase);
/// The state or phase whose own word this is, exact case; synonyms are the grammar's business.
std::optional<State> state_from(std::string_view word);
std::optional<Phase> phase_from(std::string_view word);

/// How bad: UP 0, ISSUE 1, DOWN 2; MAINT and UNKNOWN count as 0 (they are not trouble).
int severity(State state);
inline bool worse(State a, State b) { return severity(a) > severity(b); }

}  // namespace signalbox
