#include "ledger/incidents.h"

#include <algorithm>

#include "base/hash.h"
#include "ledger/lookup.h"
#include "model/incident_name.h"

namespace signalbox::ledger {
namespace {

std::string shown_name(const Book& book, const std::string& id) {
  for (const auto& service : book.services) {
    if (service.id == id && !service.name.empty()) return service.name;
  }
  return id;
}

void forget_reminders(Book& book, const std::string& id) {
  book.reminded.erase("reminder_recovered " + id);
  book.reminded.erase("reminder_silent " + id);
}

}  // namespace

std::string incident_name(const Book& book, const std::vector<std::string>& services,
                          std::string_view message) {
  std::vector<std::string> names;
  for (const auto& service : services) names.push_back(shown_name(book, service));
  return signalbox::incident_name(names, message);
}

std::string open_incident(Book& book, std::uint64_t seq, std::string name, Time at,
                          bool automatic) {
  Incident opened;
  opened.id = short_id("incident " + std::to_string(seq));
  opened.name = std::move(name);
  opened.opened = at;
  opened.automatic = automatic;
  book.places[opened.id] = book.incidents.size();
  book.incidents.push_back(std::move(opened));
  return book.incidents.back().id;
}

void change(Book& book, Incident& incident, const std::string& service, State state,
            Update& update) {
  const auto [entry, joined] = incident.services.try_emplace(service, State::up);
  if (entry->second != state) update.affected.push_back({service, entry->second, state});
  entry->second = state;
  if (worse(state, incident.worst)) incident.worst = state;
  book.troubled[service] = incident.id;
}

void settle(Book& book, Incident& incident, Time at) {
  const bool all_up = std::all_of(incident.services.begin(), incident.services.end(),
                                  [](const auto& item) { return item.second == State::up; });
  if (all_up && incident.open()) resolve(book, incident, at);
}

void resolve(Book& book, Incident& incident, Time at) {
  book.touched.insert(incident.id);
  for (auto& [service, state] : incident.services) {
    state = State::up;
    const auto found = book.troubled.find(service);
    if (found != book.troubled.end() && found->second == incident.id) book.troubled.erase(found);
  }
  incident.awaits.clear();
  incident.phase = Phase::resolved;
  incident.resolved = std::max(at, incident.opened);
  forget_reminders(book, incident.id);
}

void reopen(Book& book, Incident& incident) {
  incident.resolved.reset();
  incident.phase = Phase::investigating;
  std::erase_if(incident.services, [&](const auto& item) {
    return !book.troubled.try_emplace(item.first, incident.id).second;
  });
}

void add_update(std::vector<Update>& updates, Update update) {
  const auto place = std::upper_bound(updates.begin(), updates.end(), update.at,
                                      [](Time at, const Update& other) { return at < other.at; });
  updates.insert(place, std::move(update));
}

}  // namespace signalbox::ledger
