#include <algorithm>
#include <set>

#include "base/text.h"
#include "ledger/ledger.h"
#include "ledger/safety.h"

namespace signalbox::ledger {
namespace {

std::string listed(std::vector<std::string> names) {
  return names.empty() ? "none" : join(names, ", ");
}

Error no_account(const Rules& rules, const std::string& id) {
  std::vector<std::string> ids;
  for (const auto& [known, policy] : rules.accounts) ids.push_back(known);
  return invalid("no account \"" + id + "\"; configured are: " + listed(std::move(ids)));
}

Error no_held(const Book& book, const std::string& id) {
  std::vector<std::string> ids;
  for (const auto& held : book.held) ids.push_back(held.id);
  return invalid("no held report \"" + id + "\"; held are: " + listed(std::move(ids)));
}

/// Whether `subject` means this report: by its own id, or by its post's, with or without its
/// account.
bool means(const HeldReport& held, const std::string& subject) {
  return held.id == subject || held.post.id == subject ||
         held.post.account + " " + held.post.id == subject;
}

Error several_held(const std::vector<std::string>& ids, const std::string& subject) {
  return invalid("\"" + subject + "\" names several held reports; say which: " + join(ids, ", "));
}

/// The order with the id of the one held report it means.
Result<Commanded> on_held(const Book& book, Commanded order) {
  std::vector<std::string> ids;
  for (const auto& held : book.held) {
    if (means(held, order.subject)) ids.push_back(held.id);
  }
  if (ids.empty()) return no_held(book, order.subject);
  if (ids.size() > 1) return several_held(ids, order.subject);
  order.subject = ids.front();
  return order;
}

std::set<std::string> authors(const Book& book) {
  std::set<std::string> keys;
  for (const auto& change : book.changes) keys.insert(change.author);
  return keys;
}

/// The author's key; an author's own id is enough where it means one of them.
std::optional<std::string> author(const Book& book, const std::string& subject) {
  std::optional<std::string> found;
  for (const auto& key : authors(book)) {
    if (key == subject) return key;
    if (!key.ends_with(" " + subject)) continue;
    if (found) return std::nullopt;
    found = key;
  }
  return found;
}

Result<Commanded> way_back(const Book& book, const Rules& rules, Commanded order) {
  const auto key = author(book, order.subject);
  if (!key) {
    const auto keys = authors(book);
    return invalid("no changes by \"" + order.subject +
                   "\"; there are some by: " + listed({keys.begin(), keys.end()}));
  }
  order.subject = *key;
  order.since = burst_began(book, rules, *key);
  return order;
}

Result<Commanded> checked(const Book& book, const Rules& rules, const Commanded& order) {
  switch (order.what) {
    case Commanded::What::freeze:
      if (!rules.accounts.contains(order.subject)) return no_account(rules, order.subject);
      return order;
    case Commanded::What::thaw:
      if (!rules.accounts.contains(order.subject) && !book.frozen.contains(order.subject)) {
        return no_account(rules, order.subject);
      }
      return order;
    case Commanded::What::release:
    case Commanded::What::discard:
      return on_held(book, order);
    case Commanded::What::go_back:
      return way_back(book, rules, order);
  }
  return internal("an order of no known kind");
}

}  // namespace

Result<std::vector<Event>> command(const Book& book, const Rules& rules, const Commanded& order,
                                   Time now) {
  auto carried_out = checked(book, rules, order);
  if (!carried_out) return carried_out.error();
  return std::vector<Event>{Event{0, now, *std::move(carried_out)}};
}

}  // namespace signalbox::ledger
