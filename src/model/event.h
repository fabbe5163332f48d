// The ledger's entries: everything that happened, in order. State is a fold over them, so an event
// holds what was understood then, not only what was read.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/announcement.h"
#include "model/incident.h"
#include "model/post.h"
#include "model/reading.h"
#include "model/report.h"
#include "model/service.h"

namespace signalbox {

/// What was done with a post.
enum class Verdict : std::uint8_t {
  applied,    ///< a report that changed what is stated, or an update, notice or maintenance
  recorded,   ///< kept and shown, but not told again: a duplicate, an older report, a revised text
  corrected,  ///< an edit that changed state or target: told once as a correction
  withdrawn,  ///< a deletion noted; it takes effect when its grace is over (Elapsed)
  held,       ///< needs a second author or the console (safety catch, ALL-DOWN)
  withheld,   ///< read while the account was frozen; never applied
  mistake,    ///< nearly a report: the author gets a hint
  question,   ///< answered with the current state
  echo,       ///< our own announcement, read back
  ignored,    ///< not a report, or not somebody's own public words
};
std::string_view word(Verdict verdict);

/// A post was received, edited or deleted.
struct PostReceived {
  Post post;
  Sentence sentence;
  Verdict verdict = Verdict::ignored;
  std::string reason;    ///< named, for the audit log: "not_allowed", "boost", "frozen",
                         ///< "duplicate_report", …
  bool tell = false;     ///< to be told on the other announcing accounts
  Source source;         ///< how the page may name the speaker
  std::string incident;  ///< of a headless reply: the incident or maintenance it speaks in
  std::optional<Time>
      lapses;            ///< when a notice runs out, or the wait for a held report's confirmation
  bool console = false;  ///< said on the console: not counted by the safety catch

  bool operator==(const PostReceived&) const = default;
};

/// What measurement says of a service changed.
struct MeasuredChanged {
  std::string service;
  State before = State::unknown;
  Measurement now;

  bool operator==(const MeasuredChanged&) const = default;
};

/// The state a service is shown in changed; days of uptime are summed from these.
struct StandingChanged {
  std::string service;
  State before = State::up;
  State after = State::up;
  std::string reason;

  bool operator==(const StandingChanged&) const = default;
};

/// Something ran out: a statement, a maintenance, the grace of a deletion, the wait for staff's
/// next word.
struct Elapsed {
  enum class What : std::uint8_t {
    statement_ended,      ///< subject: service
    maintenance_started,  ///< subject: maintenance id
    maintenance_ended,    ///< subject: maintenance id
    maintenance_asks,  ///< subject: maintenance id; ended after two hours without an end, staff is
                       ///< asked
    deletion_final,    ///< subject: "ACCOUNT ID" of the deleted post
    confirmation_lapsed,  ///< subject: held id; nobody confirmed in time
    reminder_recovered,   ///< subject: incident id; measured is back to UP for ten minutes, staff
                          ///< should close
    reminder_silent,      ///< subject: incident id; no word for thirty minutes
    notice_ended,         ///< subject: notice id
  };
  What what = What::statement_ended;
  std::string subject;

  bool operator==(const Elapsed&) const = default;
};
std::string_view word(Elapsed::What what);

/// An operator's order, from the command line or the console.
struct Commanded {
  enum class What : std::uint8_t { freeze, thaw, release, discard, go_back };
  What what = What::freeze;
  std::string subject;        ///< account id; held id for release and discard; author for go_back
  std::string by;             ///< who, as far as known: "console"
  std::optional<Time> since;  ///< of go_back: the time of the first change to undo

  bool operator==(const Commanded&) const = default;
};
std::string_view word(Commanded::What what);

/// The machine spoke, or decided not to: opens, worsens and resolves automatic incidents, and is
/// what a restart remembers of what was told.
struct MachineSpoke {
  Announcement announcement;
  bool told = true;  ///< false: recorded on the page only; `announcement.reason` says why

  bool operator==(const MachineSpoke&) const = default;
};

/// The set of services and accounts changed. The first event of every ledger.
struct Configured {
  std::vector<Service> services;
  std::map<std::string, std::string> account_labels;  ///< account id to its network's label

  bool operator==(const Configured&) const = default;
};

/// One entry of the ledger.
struct Event {
  std::uint64_t seq = 0;  ///< 1, 2, 3 … without gaps; 0 until the ledger gave it one
  Time at{};              ///< when we learnt it
  std::variant<PostReceived, MeasuredChanged, StandingChanged, Elapsed, Commanded, MachineSpoke,
               Configured>
      what;

  bool operator==(const Event&) const = default;
};

/// The version written into every event; older ones stay readable for ever.
inline constexpr int kEventVersion = 1;

/// An event's kind as stored and shown: "post_received", "measured_changed", …
std::string_view kind(const Event& event);
/// One JSON object without `seq` and `at`. decode(kind, encode(e), …) gives e back.
std::string encode(const Event& event);
/// Corrupt when the payload cannot be read (nothing is thrown).
Result<Event> decode(std::uint64_t seq, Time at, int version, std::string_view kind,
                     std::string_view payload);

}  // namespace signalbox
