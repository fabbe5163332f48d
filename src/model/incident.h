// What the page tells: incidents with their updates, notices, and maintenances.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/state.h"

namespace signalbox {

/// Who said something, as far as the world may know.
struct Source {
  std::string account;  ///< configured account id; "" when measurement spoke
  std::string network;  ///< "Mastodon", "Slack", …; "" when measurement spoke
  std::string author;   ///< configured public name, or ""
  std::string url;      ///< link to the post, only where the account is public, else ""

  bool operator==(const Source&) const = default;
};

/// A service's change of state, told with an update.
struct Affected {
  std::string service;
  State before = State::up;
  State after = State::up;

  bool operator==(const Affected&) const = default;
};

/// One entry of an incident or maintenance.
struct Update {
  std::string id;  ///< 12 characters, stable for ever
  Time at{};
  Phase phase = Phase::investigating;
  std::optional<State> state;  ///< what it stated, where it did
  std::string text;
  std::vector<Affected> affected;
  Source source;
  bool automatic = false;    ///< measurement spoke, not staff
  bool edited = false;       ///< the text was revised after it was told
  bool withdrawn = false;    ///< its author took it back; the text is kept for the record
  std::string post_account;  ///< which post said it (audit and threads); "" when automatic
  std::string post_id;
  std::string announcement;  ///< of an automatic one: the id of the machine's announcement
  /// The services its post named, also those it did not move; of an automatic one those its text
  /// tells of, where some are not its incident's. Empty: the whole incident, or not kept.
  std::vector<std::string> about = {};

  bool operator==(const Update&) const = default;
};

/// Trouble from its first word to its last.
struct Incident {
  std::string id;    ///< 12 characters, stable for ever
  std::string name;  ///< service names, then the opening message's first sentence; ≤ 100 characters
  std::map<std::string, State>
      services;  ///< each service it touches, with the state it has here now; UP = closed here
  State worst = State::issue;  ///< the worst it ever was
  Phase phase = Phase::investigating;
  Time opened{};
  std::optional<Time> monitoring;
  std::optional<Time> resolved;
  bool automatic = false;  ///< opened by measurement
  bool touched = false;    ///< staff has spoken in it: staff closes it
  Time last_word{};        ///< when staff last spoke in it
  std::set<std::string>
      awaits;  ///< services staff called UP while measured is worse: closed when it is UP
  std::vector<Update> updates;  ///< oldest first
  std::optional<Update> postmortem;

  bool open() const { return !resolved; }
  bool operator==(const Incident&) const = default;
};

/// A line without a state, shown for 24 hours.
struct Notice {
  std::string id;
  std::vector<std::string> services;
  std::string text;
  Time at{};
  Time until{};
  Source source;
  bool edited = false;
  std::string post_account;
  std::string post_id;

  bool operator==(const Notice&) const = default;
};

/// Planned work. In force from `from` until `until` (or `ended`).
struct Maintenance {
  std::string id;
  std::string name;
  std::vector<std::string> services;  ///< those it still covers
  Time announced{};
  Time from{};
  std::optional<Time> until;    ///< none: two hours, then staff is asked
  std::optional<Time> started;  ///< when it came into force; none: upcoming, or cancelled before
  std::optional<Time> ended;    ///< ended early, cancelled, or run out
  std::vector<Update> updates;  ///< oldest first
  std::string post_account;
  std::string post_id;

  bool operator==(const Maintenance&) const = default;
};

}  // namespace signalbox
