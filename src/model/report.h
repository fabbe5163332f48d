// What a post says, once the grammar has read it.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "model/state.h"

namespace signalbox {

/// A status line understood. Without state and phase it is a notice.
struct Report {
  std::vector<std::string>
      targets;  ///< as configured: service ids, aliases, group slugs, "ALL"; in the head's order
  std::vector<std::string> services;  ///< the ids they stand for, in the order of the configuration
                                      ///< per target, no repeats
  std::optional<State>
      state;  ///< UP for RESOLVED and DONE; none for the other phases and for a notice
  std::optional<Phase> phase;
  std::optional<Time> from;   ///< start of a window; MAINT only
  std::optional<Time> until;  ///< end of it, or of what is stated
  std::string message;        ///< trimmed, never empty

  bool is_notice() const { return !state && !phase; }
  bool operator==(const Report&) const = default;
};

/// Nearly a report: its author gets one hint.
struct Mistake {
  std::string reason;      ///< named: "unknown_word", "unknown_service", "empty_message",
                           ///< "until_in_the_past", …
  std::string what;        ///< one line for the author: the place and the remedy
  std::string suggestion;  ///< the corrected line, or "" when there is none to give

  bool operator==(const Mistake&) const = default;
};

/// Somebody asks us for the current state: `status?`, `API?`, addressed to us.
struct Question {
  std::vector<std::string> services;  ///< empty: all

  bool operator==(const Question&) const = default;
};

/// Nothing for us.
struct NotOurs {
  bool operator==(const NotOurs&) const = default;
};

using Sentence = std::variant<NotOurs, Report, Mistake, Question>;

}  // namespace signalbox
