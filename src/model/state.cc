#include "model/state.h"

#include <array>

namespace signalbox {
namespace {

constexpr std::array kStates = {State::up, State::issue, State::down, State::maint, State::unknown};
constexpr std::array kPhases = {Phase::investigating, Phase::identified, Phase::monitoring,
                                Phase::resolved,      Phase::done,       Phase::postmortem};

}  // namespace

std::string_view word(State state) {
  switch (state) {
    case State::up:
      return "UP";
    case State::issue:
      return "ISSUE";
    case State::down:
      return "DOWN";
    case State::maint:
      return "MAINT";
    case State::unknown:
      return "UNKNOWN";
  }
  return "";
}

std::string_view word(Phase phase) {
  switch (phase) {
    case Phase::investigating:
      return "INVESTIGATING";
    case Phase::identified:
      return "IDENTIFIED";
    case Phase::monitoring:
      return "MONITORING";
    case Phase::resolved:
      return "RESOLVED";
    case Phase::done:
      return "DONE";
    case Phase::postmortem:
      return "POSTMORTEM";
  }
  return "";
}

std::optional<State> state_from(std::string_view text) {
  for (const State state : kStates) {
    if (word(state) == text) return state;
  }
  return std::nullopt;
}

std::optional<Phase> phase_from(std::string_view text) {
  for (const Phase phase : kPhases) {
    if (word(phase) == text) return phase;
  }
  return std::nullopt;
}

int severity(State state) {
  switch (state) {
    case State::issue:
      return 1;
    case State::down:
      return 2;
    case State::up:
    case State::maint:
    case State::unknown:
      return 0;
  }
  return 0;
}

}  // namespace signalbox
