#include <algorithm>

#include "ledger/maintenances.h"
#include "standing/standing.h"

namespace signalbox::standing {
namespace {

bool covers(const Maintenance& maintenance, const std::string& service) {
  return std::ranges::find(maintenance.services, service) != maintenance.services.end();
}

std::optional<Statement> word_in_force(const Book& book, const std::string& service, Time now) {
  const auto entry = book.entries.find(service);
  if (entry == book.entries.end() || !entry->second.stated) return std::nullopt;
  const Statement& stated = *entry->second.stated;
  if (stated.until && *stated.until <= now) return std::nullopt;
  return stated;
}

/// The maintenance in force that covers `service`, the one that began last; or null.
const Maintenance* window(const Book& book, const std::string& service, Time now) {
  const Maintenance* newest = nullptr;
  for (const Maintenance& work : book.maintenances) {
    if (!covers(work, service) || !in_force(work, now)) continue;
    if (newest == nullptr || newest->from <= work.from) newest = &work;
  }
  return newest;
}

}  // namespace

bool in_force(const Maintenance& maintenance, Time now) {
  if (now < maintenance.from) return false;
  if (maintenance.ended && *maintenance.ended <= now) return false;
  return now < maintenance.until.value_or(maintenance.from + kMaintenanceWithoutEnd);
}

Evidence evidence(const Book& book, const std::string& service,
                  const std::optional<Measurement>& measured, Time now, Time began) {
  Evidence found;
  found.stated = word_in_force(book, service, now);
  found.measured = measured;
  found.began = began;
  const Maintenance* work = window(book, service, now);
  found.maintenance = work != nullptr;
  const bool trouble = found.stated && worse(found.stated->state, State::up);
  if (work != nullptr && !trouble) found.stated = ledger::statement_by(*work);
  // A stated MAINT is nothing once its window is over.
  if (work == nullptr && found.stated && found.stated->state == State::maint) found.stated.reset();
  return found;
}

}  // namespace signalbox::standing
