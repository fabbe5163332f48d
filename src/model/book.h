// What the ledger adds up to: everything staff said and measurement found that still matters. A
// plain value; the same events always give the same book.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/event.h"
#include "model/incident.h"
#include "model/reading.h"
#include "model/rollup.h"
#include "model/service.h"
#include "model/standing.h"

namespace signalbox {

/// What the ledger knows of one service.
struct ServiceEntry {
  Time known{};                                    ///< when the ledger first knew of it, for ever
  std::optional<Statement> stated;                 ///< staff's last word, until it ends
  std::optional<Measurement> measured;             ///< as of the last MeasuredChanged
  Time measured_since{};                           ///< when the measured state became what it is
  State shown = State::up;                         ///< as of the last StandingChanged
  Time since{};                                    ///< when `shown` began
  std::map<std::chrono::sys_days, DayTally> days;  ///< (UTC) of the last 90 days, up to `since`

  bool operator==(const ServiceEntry&) const = default;
};

/// A report that waits for a second author or the console.
struct HeldReport {
  std::string id;
  Post post;
  Report report;
  std::string reason;  ///< "safety_catch", "all_down_unconfirmed"
  Source source;       ///< how the page may name the speaker
  Time at{};
  std::optional<Time> expires;  ///< the same author may confirm until here

  bool operator==(const HeldReport&) const = default;
};

/// The id of the report that the event `seq` holds back.
std::string held_id(std::uint64_t seq);

/// A post that did something: enough to follow its edits and deletion.
struct FollowedPost {
  PostRef ref;
  std::string author;
  std::string revision;
  std::string text;
  Report report;
  Time at{};
  std::string incident;      ///< incident or maintenance or notice it spoke in
  std::string update;        ///< the update it made
  std::string announcement;  ///< what was told of it, or ""
  std::map<std::string, std::optional<Statement>>
      replaced;  ///< what each service's statement was before it
  std::optional<Time> deleted;
  std::vector<std::string> formerly;  ///< ids it had before its edits got new ones

  bool operator==(const FollowedPost&) const = default;
};

/// One applied report with a state: what the safety catch counts.
struct Change {
  std::string author;  ///< "ACCOUNT AUTHOR"
  Time at{};
  Time received{};

  bool operator==(const Change&) const = default;
};

/// A told report: what a repetition within 15 minutes is compared with.
struct RecentReport {
  std::vector<std::string> services;
  std::optional<State> state;
  std::optional<Phase> phase;
  std::optional<Time> from;
  std::optional<Time> until;
  std::string message;
  Time at{};
  Time received{};

  bool operator==(const RecentReport&) const = default;
};

/// The fold of the ledger.
struct Book {
  std::uint64_t seq = 0;          ///< of the last event in it
  Time at{};                      ///< of the last event in it
  Time began{};                   ///< of the first event: when the ledger began
  std::vector<Service> services;  ///< in the order of the configuration
  std::map<std::string, std::string> account_labels;
  std::map<std::string, ServiceEntry>
      entries;                            ///< by service id; also of services that were removed
  std::vector<Incident> incidents;        ///< open ones and those of the last 30 days, oldest first
  std::deque<Notice> notices;             ///< not yet run out
  std::vector<Maintenance> maintenances;  ///< upcoming, running, and those of the last 30 days
  std::vector<HeldReport> held;
  std::map<PostRef, FollowedPost> followed;   ///< until a day after their incident closed
  std::set<std::string> frozen;               ///< account ids
  std::deque<Change> changes;                 ///< of the safety catch's span
  std::deque<RecentReport> recent;            ///< of the last 15 minutes
  std::map<std::string, Time> reminded;       ///< "REASON INCIDENT" to when
  Time swept{};                               ///< when what is too old was last forgotten
  std::map<std::string, std::size_t> places;  ///< index: incident id to its place in `incidents`
  std::map<std::string, std::string>
      troubled;                   ///< index: service id to the one open incident that names it
  std::set<std::string> touched;  ///< incidents the last event may have changed: not many, and
                                  ///< none that it did change is missing
  std::set<PostRef> fading;       ///< index: followed posts whose deletion is not yet final

  bool operator==(const Book&) const = default;
};

/// Makes the book's indices anew from its incidents.
void reindex(Book& book);

/// One JSON object holding all of it (but the indices); decode_book(encode(b)) gives b back. The
/// ledger's checkpoint.
std::string encode(const Book& book);
Result<Book> decode_book(std::string_view payload);
/// The same for one incident: how the store keeps those that are over.
std::string encode(const Incident& incident);
Result<Incident> decode_incident(std::string_view payload);

}  // namespace signalbox
