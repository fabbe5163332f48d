// The one state a service is shown in, and the two it was merged from.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"
#include "model/incident.h"
#include "model/reading.h"
#include "model/state.h"

namespace signalbox {

/// What staff last said of a service.
struct Statement {
  State state = State::up;    ///< up, issue, down or maint
  Time at{};                  ///< in force from here: the post's time, clamped to its arrival
  std::optional<Time> until;  ///< ends by itself
  Source source;
  std::string message;
  std::string post_account;  ///< the post that said it
  std::string post_id;

  bool operator==(const Statement&) const = default;
};

/// A service's state with where it comes from.
struct Standing {
  State state = State::up;
  std::string reason;  ///< named: "stated_worse", "measured_worse", "maintenance", "stale", …
  std::string note;    ///< beside the state on the page: "UP by staff's word; measured 62 %", or ""
  std::optional<Statement> stated;      ///< none: nobody spoke, or the word has run out
  std::optional<Measurement> measured;  ///< none: nothing measures it

  bool operator==(const Standing&) const = default;
};

}  // namespace signalbox
