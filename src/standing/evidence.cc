#include <algorithm>

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
  found.maintenance = std::ranges::any_of(book.maintenances, [&](const Maintenance& m) {
    return covers(m, service) && in_force(m, now);
  });
  // A stated MAINT is a window of its own, and nothing once that is over.
  if (found.stated && found.stated->state == State::maint) found.stated.reset();
  return found;
}

}  // namespace signalbox::standing
