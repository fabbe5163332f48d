#include <algorithm>

#include "ledger/ledger.h"
#include "ledger/lookup.h"

namespace signalbox::ledger {
namespace {

using What = Elapsed::What;

/// Something that runs out, and when.
struct Due {
  Time at{};
  Elapsed what;
};

void add_statements(const Book& book, std::vector<Due>& due) {
  for (const auto& [service, entry] : book.entries) {
    if (!entry.stated || !entry.stated->until || entry.stated->state == State::maint) continue;
    due.push_back({*entry.stated->until, {What::statement_ended, service}});
  }
}

void add_maintenances(const Book& book, const Rules& rules, std::vector<Due>& due) {
  for (const auto& work : book.maintenances) {
    if (work.ended) continue;
    if (!work.started) due.push_back({work.from, {What::maintenance_started, work.id}});
    if (work.until) {
      due.push_back({*work.until, {What::maintenance_ended, work.id}});
    } else {
      const Time asks = work.from + rules.maintenance_without_end;
      due.push_back({asks, {What::maintenance_asks, work.id}});
    }
  }
}

void add_posts(const Book& book, const Rules& rules, std::vector<Due>& due) {
  for (const auto& key : book.fading) {
    const auto post = book.followed.find(key);
    if (post == book.followed.end() || !post->second.deleted) continue;
    due.push_back({*post->second.deleted + rules.deletion_grace,
                   {What::deletion_final, key.account + " " + key.id}});
  }
  for (const auto& held : book.held) {
    if (held.expires) due.push_back({*held.expires, {What::confirmation_lapsed, held.id}});
  }
  for (const auto& notice : book.notices) {
    due.push_back({notice.until, {What::notice_ended, notice.id}});
  }
}

bool reminded_since(const Book& book, const std::string& key, Time cause) {
  const auto found = book.reminded.find(key);
  return found != book.reminded.end() && found->second >= cause;
}

/// Since when all of the incident's troubled services are measured UP, and since when staff has
/// said otherwise.
struct Recovery {
  Time measured{};
  Time stated{};
};

std::optional<Recovery> recovery(const Book& book, const Incident& incident) {
  Recovery recovered;
  for (const auto& [service, state] : incident.services) {
    if (state == State::up) continue;
    const ServiceEntry& entry = book.entries.at(service);
    if (!entry.measured || entry.measured->state != State::up) return std::nullopt;
    recovered.measured = std::max(recovered.measured, entry.measured_since);
    if (entry.stated) recovered.stated = std::max(recovered.stated, entry.stated->at);
  }
  return recovered;
}

void add_reminders(const Book& book, const Rules& rules, std::vector<Due>& due) {
  for (const auto& id : open_incidents(book)) {
    const Incident& spoken = *incident(book, id);
    if (!spoken.touched) continue;
    if (!reminded_since(book, "reminder_silent " + id, spoken.last_word)) {
      due.push_back({spoken.last_word + rules.remind_silent, {What::reminder_silent, id}});
    }
    const auto back = recovery(book, spoken);
    if (!back || reminded_since(book, "reminder_recovered " + id, back->measured)) continue;
    due.push_back({std::max(back->measured, back->stated) + rules.remind_recovered,
                   {What::reminder_recovered, id}});
  }
}

std::vector<Due> all_due(const Book& book, const Rules& rules) {
  std::vector<Due> due;
  add_statements(book, due);
  add_maintenances(book, rules, due);
  add_posts(book, rules, due);
  add_reminders(book, rules, due);
  return due;
}

}  // namespace

std::vector<Event> elapsed(const Book& book, const Rules& rules, Time now) {
  std::vector<Due> due = all_due(book, rules);
  std::erase_if(due, [&](const Due& item) { return item.at > now; });
  std::stable_sort(due.begin(), due.end(), [](const Due& a, const Due& b) { return a.at < b.at; });
  std::vector<Event> events;
  for (auto& item : due) events.push_back({0, now, std::move(item.what)});
  return events;
}

std::optional<Time> next_elapsed(const Book& book, const Rules& rules) {
  std::optional<Time> next;
  for (const auto& item : all_due(book, rules)) next = std::min(next.value_or(item.at), item.at);
  return next;
}

}  // namespace signalbox::ledger
