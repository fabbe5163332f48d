#include <algorithm>

#include "ledger/incidents.h"
#include "ledger/lookup.h"

namespace signalbox::ledger {
namespace {

void touch(Incident& incident, Time now) {
  incident.touched = true;
  incident.last_word = std::max(incident.last_word, now);
}

void trouble_into(Book& book, const std::string& id, const Said& said,
                  const std::vector<std::string>& services, State state) {
  Incident& spoken = *incident(book, id);
  Update update = update_in(said, id);
  for (const auto& service : services) {
    change(book, spoken, service, state, update);
    spoken.awaits.erase(service);
  }
  touch(spoken, said.now);
  if (said.report.phase) {
    spoken.phase = *said.report.phase;
  } else if (spoken.phase == Phase::monitoring && spoken.awaits.empty()) {
    spoken.phase = Phase::investigating;
  }
  update.phase = spoken.phase;
  add_update(spoken.updates, std::move(update));
}

void up_into(Book& book, const std::string& id, const Said& said,
             const std::vector<std::string>& services) {
  Incident& spoken = *incident(book, id);
  Update update = update_in(said, id);
  for (const auto& service : services) {
    const auto measured = measured_trouble(book, service);
    const bool waits = measured && !said.report.until;
    change(book, spoken, service, waits ? *measured : State::up, update);
    if (waits) spoken.awaits.insert(service);
  }
  touch(spoken, said.now);
  if (!spoken.awaits.empty()) {
    spoken.phase = Phase::monitoring;
    spoken.monitoring = said.at;
  }
  settle(book, spoken, said.at);
  update.phase = spoken.phase;
  add_update(spoken.updates, std::move(update));
}

/// Those of `services` that are in incident `id`.
std::vector<std::string> members(const Book& book, const std::string& id,
                                 const std::vector<std::string>& services) {
  std::vector<std::string> found;
  std::copy_if(services.begin(), services.end(), std::back_inserter(found), [&](const auto& s) {
    const auto in = book.troubled.find(s);
    return in != book.troubled.end() && in->second == id;
  });
  return found;
}

std::vector<std::string> in_none(const Book& book, const std::vector<std::string>& services) {
  std::vector<std::string> found;
  std::copy_if(services.begin(), services.end(), std::back_inserter(found),
               [&](const auto& s) { return !book.troubled.contains(s); });
  return found;
}

}  // namespace

std::string speak_trouble(Book& book, const Said& said, const std::vector<std::string>& services,
                          State state) {
  auto touched = open_with(book, services);
  const auto free = in_none(book, services);
  for (const auto& id : touched) {
    auto spoken = members(book, id, services);
    if (touched.size() == 1) spoken.insert(spoken.end(), free.begin(), free.end());
    trouble_into(book, id, said, spoken, state);
  }
  if (touched.size() != 1 && !free.empty()) {
    touched.push_back(open_incident(book, said.seq, incident_name(book, free, said.report.message),
                                    said.at, false));
    trouble_into(book, touched.back(), said, free, state);
  }
  return touched.empty() ? "" : touched.front();
}

std::string speak_up(Book& book, const Said& said, const std::vector<std::string>& services) {
  const auto touched = troubled_with(book, services);
  for (const auto& id : touched) {
    std::vector<std::string> closing;
    for (const auto& service : members(book, id, services)) {
      if (incident(book, id)->services.at(service) != State::up) closing.push_back(service);
    }
    up_into(book, id, said, closing);
  }
  return touched.empty() ? "" : touched.front();
}

std::string speak_phase(Book& book, const Said& said, const std::vector<std::string>& services) {
  const auto touched = troubled_with(book, services);
  for (const auto& id : touched) {
    Incident& spoken = *incident(book, id);
    Update update = update_in(said, id);
    touch(spoken, said.now);
    spoken.phase = *said.report.phase;
    if (spoken.phase == Phase::monitoring) spoken.monitoring = said.at;
    update.phase = spoken.phase;
    add_update(spoken.updates, std::move(update));
  }
  return touched.empty() ? "" : touched.front();
}

}  // namespace signalbox::ledger
