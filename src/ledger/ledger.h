// The ledger decides what a post, a measurement or an order means, and folds what happened into the
// book. Pure: the same events always give the same book; decisions are events, so that a replay
// decides nothing anew.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/account.h"
#include "model/book.h"
#include "model/event.h"

namespace signalbox::ledger {

/// The configuration's answers the ledger needs (rules, sections 1 to 3).
struct Rules {
  std::map<std::string, AccountPolicy> accounts;
  int safety_changes = 10;
  Duration safety_within{std::chrono::minutes(10)};
  Duration notice_shown{std::chrono::hours(24)};
  Duration repeat_within{std::chrono::minutes(15)};
  Duration deletion_grace{std::chrono::minutes(2)};
  Duration maintenance_without_end{std::chrono::hours(2)};
  Duration confirm_within{std::chrono::minutes(5)};
  Duration remind_recovered{std::chrono::minutes(10)};
  Duration remind_silent{std::chrono::minutes(30)};
};

/// Who posts: `console` is the local account by `say` or the console, which the safety catch does
/// not hold.
struct Speaker {
  bool console = false;
  bool echo = false;  ///< the outbox recognised it as our own announcement
  /// The incident or maintenance whose announcement of ours the post replies to, where the outbox
  /// knows it.
  std::string incident;
};

/// Decides what a post does. Reads `book`, changes nothing. The event has no seq yet.
Event receive(const Book& book, const Rules& rules, const Post& post, const Sentence& sentence,
              Speaker speaker, Time now);
/// Carries out an operator's order: the Commanded event and what follows from it. A held report may
/// be named by its post. Invalid, with the remedy, when the subject does not exist.
Result<std::vector<Event>> command(const Book& book, const Rules& rules, const Commanded& order,
                                   Time now);
/// What has run out by `now`, in the order it did.
std::vector<Event> elapsed(const Book& book, const Rules& rules, Time now);
/// When elapsed() will next have something to say; nullopt: never, as things are.
std::optional<Time> next_elapsed(const Book& book, const Rules& rules);

/// Folds one event into the book. `event.seq` must be `book.seq + 1`. Errors (invalid) mean that
/// the event cannot be folded: the book is then unchanged but for its seq, and the caller sets the
/// event aside with a banner.
Status apply(Book& book, const Event& event);
/// Folds all of them.
Status apply(Book& book, const std::vector<Event>& events);

}  // namespace signalbox::ledger
