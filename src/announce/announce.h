// What is worth saying, and to whom (rules, section 6): staff's words at once, the machine's once
// per change, grouped, never in doubt, recovery always.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.h"
#include "base/zone.h"
#include "model/announcement.h"
#include "model/book.h"
#include "model/event.h"
#include "model/snapshot.h"

namespace signalbox::announce {

/// Numbers of the configuration (rules, section 6).
struct Habits {
  Duration group_wait{std::chrono::seconds(10)};
  int most_worsenings = 2;                               ///< of one service …
  Duration worsenings_within{std::chrono::minutes(10)};  ///< … in this long, then "flapping"
  Duration lost_sight_after{std::chrono::minutes(5)};
  Duration news_is_younger_than{std::chrono::hours(1)};
  bool show_counts = true;                       ///< `figures: counts`; false: percentages only
  Zone zone;                                     ///< of the times in texts
  std::map<std::string, Duration> better_after;  ///< a service's, where not 5 minutes
};

/// What was told of one service, and what is waiting to be. "Told" means to followers; "recorded"
/// means by a MachineSpoke event, told or not, which is what the page and its incidents follow.
struct Told {
  State told = State::up;          ///< the measured state followers last heard from us
  State recorded = State::up;      ///< the measured state last recorded
  std::optional<Measurement> now;  ///< what is measured
  Time changed{};                  ///< when it became so
  bool waiting = false;            ///< a change not yet recorded
  Time pending{};                  ///< when that change began
  std::deque<Time> worsenings;     ///< told, within the limit's span
  std::optional<Time> recovered;   ///< when a recovery was last told
  bool owed = false;               ///< a worsening the limit withheld, told once the limit allows
  bool refell = false;             ///< it fell again before its delayed recovery was told
  bool flapping = false;           ///< the limit was reached and the word about it said
  bool lost_sight = false;         ///< staff was told that it is UNKNOWN
  bool had_data = false;           ///< it was measured once

  bool operator==(const Told&) const = default;
};

/// The memory of what was told: a fold over the ledger like the book, so that a restart says
/// nothing twice.
struct Memory {
  std::map<std::string, Told> services;

  bool operator==(const Memory&) const = default;
};

/// Folds one event: measured changes wait, MachineSpoke settles them.
void apply(Memory& memory, const Event& event, const Habits& habits);
std::string encode(const Memory& memory);
Result<Memory> decode_memory(std::string_view payload);

/// What the machine has to say at `now`: findings whose group is complete. Each is to be kept as a
/// MachineSpoke event, in this order, which settles it. `board`, as fresh as `now`, gives names,
/// groups and standings: maintenance and staff's `UP [until …]` silence findings, staff's word
/// turns them. One that is not told has the audience nobody and a reason: "stated_already" (staff
/// said as bad or worse), "limit_reached", "fall_not_told", "staff_closes" (staff said worse, or
/// owns the incident), "staff_said_so" (staff said UP since). Those told: "fell", "recovered",
/// "limit_over" (withheld by the limit and still so), "flapping", "no_evidence".
std::vector<MachineSpoke> findings(const Memory& memory, const Habits& habits,
                                   const Snapshot& board, Time now);
/// When findings() will next have something to say, perhaps in the past; nullopt: not before
/// another event.
std::optional<Time> next_finding(const Memory& memory, const Habits& habits, const Snapshot& board,
                                 Time now);
/// Services now called flapping.
std::vector<std::string> flapping(const Memory& memory);

/// What a ledger event makes us say: staff's words to the other accounts, hints, answers,
/// corrections, withdrawals, reminders, held changes; and the announcement of a MachineSpoke that
/// is told. `before` and `after` are the book around the event, which has its seq; the first
/// announcement of an event has the id announcement_id(seq), but for MachineSpoke, which brings its
/// own. Staff's word that is older than news may be has the audience nobody and the reason
/// "old_news": a digest is due instead. A deletion gives, at once, an announcement to nobody that
/// revokes what is unsent; when it is final, the line "withdrawn: …", which revokes too and is
/// meant for the accounts where the revoked one was sent.
std::vector<Announcement> what_to_say(const Event& event, const Book& before, const Book& after,
                                      const Snapshot& board, const Habits& habits);

/// One digest of what happened on the board since `since`, with the current state: told instead of
/// old news.
Announcement digest(const Snapshot& board, const Habits& habits, Time since, Time now);

/// The announcement as the line a network gets: head, text and `(HH:MM ZONE)`, within `limits`.
/// Hints have no time. A head too long names the worst that fit and the text begins with "and N
/// more: "; the text is cut at a grapheme, never inside a link, and ends with `…`. Control
/// characters and bidirectional overrides are left out.
std::string compose(const Announcement& announcement, const Limits& limits, const Snapshot& board);
/// How long `text` is by a network's own count. Where the network counts longer than we can know
/// (a bare domain that it turns into a link), the answer is the longer one.
std::size_t length(std::string_view text, const Limits& limits);
/// A text as our own posts are compared when read back: white space folded, entities decoded,
/// accents composed, links (networks shorten them) all alike.
std::string normalised(std::string_view text);

}  // namespace signalbox::announce
