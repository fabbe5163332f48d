// Staff's word on its way into the book: a report with who said it, where and when.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/book.h"

namespace signalbox::ledger {

/// One accepted report. `now` is its event's time, `at` is when its word is in force from.
struct Said {
  std::uint64_t seq = 0;
  Time now{};
  Time at{};
  PostRef ref;
  std::string author;
  Report report;
  Source source;
  bool edited = false;      ///< a correction
  std::string kept_update;  ///< of a correction: the update it rewrites, in `kept_in`
  std::string kept_in;
};

/// Folds an accepted report: statements, incidents, notices, maintenances. Gives what is needed to
/// follow its post.
FollowedPost fold_said(Book& book, const Said& said, std::optional<Time> notice_until);
/// Folds a headless reply into the incident or maintenance `id`.
FollowedPost fold_reply(Book& book, const Said& said, const std::string& id);
/// Keeps a report that is older than what is stated: an update of the incident of its time, if
/// there is one.
FollowedPost fold_older(Book& book, const Said& said);

/// The update that `said` makes in incident or maintenance `id`; phase and affected are still to be
/// set.
Update update_in(const Said& said, const std::string& id);
/// The services that nobody spoke of later than `said`.
std::vector<std::string> not_overtaken(const Book& book, const Said& said);
/// States `state` of `services`; gives what was stated before.
std::map<std::string, std::optional<Statement>> state_services(
    Book& book, const Said& said, const std::vector<std::string>& services, State state);

}  // namespace signalbox::ledger
