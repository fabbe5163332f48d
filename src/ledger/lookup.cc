#include "ledger/lookup.h"

#include <algorithm>

namespace signalbox::ledger {
namespace {

/// Unique ids in the order of their incidents.
std::vector<std::string> in_order(const Book& book, const std::set<std::string>& ids) {
  std::vector<std::string> list(ids.begin(), ids.end());
  std::sort(list.begin(), list.end(),
            [&](const auto& a, const auto& b) { return book.places.at(a) < book.places.at(b); });
  return list;
}

const FollowedPost* once_called(const Book& book, std::string_view account, const std::string& id) {
  for (const auto& [ref, post] : book.followed) {
    if (ref.account == account && names(post.formerly, id)) return &post;
  }
  return nullptr;
}

}  // namespace

std::string author_key(const Post& post) { return post.account + " " + post.author; }

Time in_force(const Post& post, Time arrival) {
  return post.at == Time{} ? arrival : std::min(post.at, arrival);
}

const FollowedPost* followed(const Book& book, std::string_view account, std::string_view id) {
  const auto found = book.followed.lower_bound({std::string(account), std::string(id), ""});
  if (found == book.followed.end()) return nullptr;
  if (found->first.account != account || found->first.id != id) return nullptr;
  return &found->second;
}

const FollowedPost* earlier_version(const Book& book, const Post& post) {
  if (const auto* same = followed(book, post.account, post.id)) return same;
  if (post.replaces.empty()) return nullptr;
  if (const auto* old = followed(book, post.account, post.replaces)) return old;
  return once_called(book, post.account, post.replaces);
}

Incident* incident(Book& book, const std::string& id) {
  const auto place = book.places.find(id);
  if (place == book.places.end()) return nullptr;
  book.touched.insert(id);
  return &book.incidents[place->second];
}

const Incident* incident(const Book& book, const std::string& id) {
  const auto place = book.places.find(id);
  return place == book.places.end() ? nullptr : &book.incidents[place->second];
}

std::vector<std::string> open_with(const Book& book, const std::vector<std::string>& services) {
  std::set<std::string> ids;
  for (const auto& service : services) {
    const auto found = book.troubled.find(service);
    if (found != book.troubled.end()) ids.insert(found->second);
  }
  return in_order(book, ids);
}

std::vector<std::string> troubled_with(const Book& book, const std::vector<std::string>& services) {
  std::set<std::string> ids;
  for (const auto& service : services) {
    const auto found = book.troubled.find(service);
    if (found == book.troubled.end()) continue;
    if (incident(book, found->second)->services.at(service) != State::up) ids.insert(found->second);
  }
  return in_order(book, ids);
}

std::set<std::string> open_incidents(const Book& book) {
  std::set<std::string> ids;
  for (const auto& [service, id] : book.troubled) ids.insert(id);
  return ids;
}

std::string latest_resolved(const Book& book, const std::vector<std::string>& services) {
  const Incident* latest = nullptr;
  for (const auto& candidate : book.incidents) {
    if (candidate.open() || (latest != nullptr && latest->resolved > candidate.resolved)) continue;
    const bool named = std::any_of(services.begin(), services.end(), [&](const auto& service) {
      return candidate.services.contains(service);
    });
    if (named) latest = &candidate;
  }
  return latest == nullptr ? "" : latest->id;
}

Maintenance* maintenance(Book& book, const std::string& id) {
  const auto found = std::find_if(book.maintenances.begin(), book.maintenances.end(),
                                  [&](const auto& m) { return m.id == id; });
  return found == book.maintenances.end() ? nullptr : &*found;
}

const Maintenance* maintenance(const Book& book, const std::string& id) {
  const auto found = std::find_if(book.maintenances.begin(), book.maintenances.end(),
                                  [&](const auto& m) { return m.id == id; });
  return found == book.maintenances.end() ? nullptr : &*found;
}

bool running(const Maintenance& m) { return m.started && !m.ended; }

const Maintenance* running_with(const Book& book, const std::vector<std::string>& services) {
  for (const auto& m : book.maintenances) {
    if (running(m) && overlap(m.services, services)) return &m;
  }
  return nullptr;
}

bool names(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool same_set(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::is_permutation(a.begin(), a.end(), b.begin(), b.end());
}

bool overlap(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const auto& item) { return names(b, item); });
}

std::optional<State> measured_trouble(const Book& book, const std::string& service) {
  const auto entry = book.entries.find(service);
  if (entry == book.entries.end() || !entry->second.measured) return std::nullopt;
  const State state = entry->second.measured->state;
  if (!worse(state, State::up)) return std::nullopt;
  return state;
}

bool newer_word(const Book& book, const std::string& service, Time at) {
  const auto entry = book.entries.find(service);
  return entry != book.entries.end() && entry->second.stated && entry->second.stated->at > at;
}

}  // namespace signalbox::ledger
