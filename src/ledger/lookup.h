// Finds things in the book: followed posts, incidents, maintenances. Each costs a look-up or a walk
// over what is open, never over history, unless it says so.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/book.h"

namespace signalbox::ledger {

/// How the safety catch knows an author: "ACCOUNT AUTHOR".
std::string author_key(const Post& post);
/// When a post's word is in force from: its own time, clamped to its arrival; its arrival when it
/// has none.
Time in_force(const Post& post, Time arrival);

/// The followed post with this id, or null. Threads do not matter.
const FollowedPost* followed(const Book& book, std::string_view account, std::string_view id);
/// The followed post this one is a new version of: by id, by `replaces`, or by an id it had before.
const FollowedPost* earlier_version(const Book& book, const Post& post);

/// Null when the book does not hold it.
Incident* incident(Book& book, const std::string& id);
const Incident* incident(const Book& book, const std::string& id);
/// Ids of the open incidents that name one of `services`, in the order they were opened.
std::vector<std::string> open_with(const Book& book, const std::vector<std::string>& services);
/// As open_with(), but only those where one of `services` is not UP.
std::vector<std::string> troubled_with(const Book& book, const std::vector<std::string>& services);
/// Ids of all open incidents.
std::set<std::string> open_incidents(const Book& book);
/// The latest resolved incident with one of `services`, or "". Walks back over history: for rare
/// words only.
std::string latest_resolved(const Book& book, const std::vector<std::string>& services);

Maintenance* maintenance(Book& book, const std::string& id);
const Maintenance* maintenance(const Book& book, const std::string& id);
/// In force: started and not ended.
bool running(const Maintenance& m);
/// The running maintenance that covers one of `services`, or null.
const Maintenance* running_with(const Book& book, const std::vector<std::string>& services);

bool names(const std::vector<std::string>& list, const std::string& item);
/// The same items, in any order.
bool same_set(const std::vector<std::string>& a, const std::vector<std::string>& b);
bool overlap(const std::vector<std::string>& a, const std::vector<std::string>& b);

/// What is measured of a service, when that is below UP.
std::optional<State> measured_trouble(const Book& book, const std::string& service);
/// Whether staff's word on `service` is from after `at`.
bool newer_word(const Book& book, const std::string& service, Time at);

}  // namespace signalbox::ledger
