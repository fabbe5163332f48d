#include "ledger/days.h"

#include <algorithm>

#include "ledger/incidents.h"
#include "ledger/lookup.h"
#include "ledger/machine.h"
#include "ledger/maintenances.h"

namespace signalbox::ledger {
namespace {

constexpr std::chrono::days kKept{90};

void begin(ServiceEntry& entry, const Service& service, Time now) {
  entry.shown = service.measured ? State::unknown : State::up;
  entry.since = now;
}

constexpr const char* kGone = "No longer on this page.";

/// Work goes on for the other services it covers.
void leave_maintenances(Book& book, std::uint64_t seq, const std::string& id, Time now) {
  for (Maintenance& work : book.maintenances) {
    if (work.ended || !names(work.services, id)) continue;
    if (work.services.size() > 1) {
      std::erase(work.services, id);
      continue;
    }
    Update update = automatic_update(seq, work.id, kGone, now);
    update.phase = Phase::done;
    add_update(work.updates, std::move(update));
    end(book, work, now);
  }
}

/// A service that left the page is in no trouble any more, and nobody could end what was said of
/// it; its days stay, in case it returns.
void retire(Book& book, std::uint64_t seq, const std::string& id, Time now) {
  close_by_machine(book, seq, id, kGone, now);
  leave_maintenances(book, seq, id, now);
  ServiceEntry& entry = book.entries[id];
  tally(entry, now);
  entry.since = Time{};
  entry.stated.reset();
  entry.measured.reset();
}

bool listed(const std::vector<Service>& services, const std::string& id) {
  return std::any_of(services.begin(), services.end(), [&](const auto& s) { return s.id == id; });
}

}  // namespace

void tally(ServiceEntry& entry, Time until) {
  if (entry.since == Time{}) return;
  const auto last_day = std::chrono::floor<std::chrono::days>(until);
  Time at = std::max(entry.since, Time(last_day - kKept));
  while (at < until) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const Time end = std::min(until, Time(day + std::chrono::days(1)));
    entry.days[day].in(entry.shown) += std::chrono::duration<double>(end - at).count();
    at = end;
  }
  entry.days.erase(entry.days.begin(), entry.days.lower_bound(last_day - kKept));
}

void fold_standing(Book& book, const StandingChanged& changed, Time now) {
  ServiceEntry& entry = book.entries[changed.service];
  tally(entry, now);
  entry.shown = changed.after;
  entry.since = now;
}

void fold_configured(Book& book, std::uint64_t seq, const Configured& configured, Time now) {
  for (const auto& service : book.services) {
    if (!listed(configured.services, service.id)) retire(book, seq, service.id, now);
  }
  book.services = configured.services;
  book.account_labels = configured.account_labels;
  for (const auto& service : book.services) {
    ServiceEntry& entry = book.entries[service.id];
    if (entry.since == Time{}) begin(entry, service, now);
    if (entry.known == Time{}) entry.known = now;
    if (!service.measured) entry.measured.reset();
  }
}

}  // namespace signalbox::ledger
