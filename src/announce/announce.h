// What is worth saying, and to whom (rules, section 6): staff's words at once, the machine's once per change, grouped,
// never in doubt, recovery always.
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
  int most_worsenings = 2;                          ///< of one service …
  Duration worsenings_within{std::chrono::minutes(10)};  ///< … in this long, then "flapping"
  Duration lost_sight_after{std::chrono::minutes(5)};
  Duration news_is_younger_than{std::chrono::hours(1)};
  bool show_counts = true;                          ///< `figures: counts`; false: percentages only
  Zone zone;                                        ///< of the times in texts
  std::map<std::string, Duration> better_after;     ///< a service's, where not 5 minutes
};

/// What was told of one service, and what is waiting to be.
struct Told {
  State told = State::up;            ///< the measured state followers last heard from us
  std::optional<Measurement> now;    ///< what is measured
  Time changed{};                    ///< when it became so
  bool waiting = false;              ///< a change not yet told or settled
  std::deque<Time> worsenings;       ///< told, within the limit's span
  bool flapping = false;             ///< the limit was reached and the word about it said
  bool lost_sight = false;           ///< staff was told that it is UNKNOWN
  bool had_data = false;

  bool operator==(const Told&) const = default;
};

/// The memory of what was told: a fold over the ledger like the book, so that a restart says nothing twice.
struct Memory {
  std::map<std::string, Told> services;

  bool operator==(const Memory&) const = default;
};

/// Folds one event: measured changes wait, MachineSpoke settles them.
void apply(Memory& memory, const Event& event, const Habits& habits);
std::string encode(const Memory& memory);
Result<Memory> decode_memory(std::string_view payload);

/// What the machine has to say at `now`: findings whose group is complete. Each is to be kept as a MachineSpoke event,
/// which settles it. `board` gives names, groups and standings (maintenance and staff's words silence or turn findings).
std::vector<MachineSpoke> findings(const Memory& memory, const Habits& habits, const Snapshot& board, Time now);
/// When findings() will next have something to say; nullopt: not before another event.
std::optional<Time> next_finding(const Memory& memory, const Habits& habits);
/// Services now called flapping.
std::vector<std::string> flapping(const Memory& memory);

/// What a ledger event makes us say: staff's words to the other accounts, hints, answers, corrections, withdrawals,
/// reminders, held changes. `before` and `after` are the book around it.
std::vector<Announcement> what_to_say(const Event& event, const Book& before, const Book& after, const Snapshot& board,
                                      const Habits& habits);

/// One digest of what happened on the board since `since`, with the current state: told instead of old news.
Announcement digest(const Snapshot& board, const Habits& habits, Time since, Time now);

/// The announcement as the line a network gets: head, text and time, within `limits`. A head too long names the worst
/// that fit and says "and N more"; the text is cut at a grapheme.
std::string compose(const Announcement& announcement, const Limits& limits, const Snapshot& board);
/// How long `text` is by a network's own count.
std::size_t length(std::string_view text, const Limits& limits);
/// A text as our own posts are compared when read back: white space folded, entities and shortened links ignored.
std::string normalised(std::string_view text);

}  // namespace signalbox::announce
