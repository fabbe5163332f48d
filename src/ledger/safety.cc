#include "ledger/safety.h"

#include <algorithm>

#include "ledger/lookup.h"

namespace signalbox::ledger {
namespace {

/// How many changes `author` made in the span that ends at `at`, by the source's time.
int changes_before(const Book& book, const Rules& rules, const std::string& author, Time at) {
  return static_cast<int>(
      std::count_if(book.changes.begin(), book.changes.end(), [&](const Change& change) {
        return change.author == author && change.at <= at && change.at > at - rules.safety_within;
      }));
}

bool any_measured_trouble(const Book& book) {
  return std::any_of(book.services.begin(), book.services.end(), [&](const Service& service) {
    return measured_trouble(book, service.id).has_value();
  });
}

/// Whether a held report of the same words lets this one through: another author's always, the same
/// author's only as the confirmation that ALL-DOWN asks for.
bool seconded(const Case& c, const Report& report) {
  return std::any_of(c.book.held.begin(), c.book.held.end(), [&](const HeldReport& held) {
    if (!says_the_same(held.report, report)) return false;
    if (author_key(held.post) != author_key(c.post)) return true;
    return held.reason == "all_down_unconfirmed" && held.expires && c.now <= *held.expires &&
           held.post.id != c.post.id;
  });
}

}  // namespace

bool says_the_same(const Report& a, const Report& b) {
  return a.state == b.state && a.phase == b.phase && same_set(a.services, b.services);
}

const HeldReport* held_alike(const Book& book, const Report& report) {
  for (const auto& held : book.held) {
    if (says_the_same(held.report, report)) return &held;
  }
  return nullptr;
}

std::optional<Decision> held_back(const Case& c, const Report& report) {
  if (c.speaker.console || !report.state || seconded(c, report)) return std::nullopt;
  if (changes_before(c.book, c.rules, author_key(c.post), c.at()) >= c.rules.safety_changes) {
    return Decision{Verdict::held, "safety_catch"};
  }
  const bool everything_down = report.state == State::down && names(report.targets, "ALL");
  if (!everything_down || any_measured_trouble(c.book)) return std::nullopt;
  Decision decision{Verdict::held, "all_down_unconfirmed"};
  decision.lapses = c.now + c.rules.confirm_within;
  return decision;
}

std::optional<Time> burst_began(const Book& book, const Rules& rules, const std::string& author) {
  std::optional<Time> last;
  for (const auto& change : book.changes) {
    if (change.author == author) last = std::max(last.value_or(change.at), change.at);
  }
  if (!last) return std::nullopt;
  Time first = *last;
  for (const auto& change : book.changes) {
    if (change.author != author || change.at <= *last - rules.safety_within) continue;
    first = std::min(first, change.at);
  }
  return first;
}

}  // namespace signalbox::ledger
