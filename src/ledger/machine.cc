#include "ledger/machine.h"

#include <algorithm>

#include "base/hash.h"
#include "ledger/incidents.h"
#include "ledger/lookup.h"

namespace signalbox::ledger {
namespace {

using Lines = std::map<std::string, State>;

/// The lines by the open incident they belong to; those in none under "".
std::map<std::string, Lines> sorted_out(const Book& book, const Announcement& announcement) {
  std::map<std::string, Lines> sorted;
  for (const auto& line : announcement.lines) {
    if (!book.entries.contains(line.service)) continue;
    const auto in = book.troubled.find(line.service);
    sorted[in == book.troubled.end() ? "" : in->second][line.service] = line.state;
  }
  return sorted;
}

/// Measurement moves a service of an incident that nobody touched both ways, and one of staff's
/// only for the worse.
void move(Book& book, Incident& spoken, const Lines& lines, Update& update) {
  for (const auto& [service, state] : lines) {
    const auto before = spoken.services.find(service);
    const State was = before == spoken.services.end() ? State::up : before->second;
    if (!spoken.touched || worse(state, was)) change(book, spoken, service, state, update);
  }
}

/// The services its text tells of, where those are more than `lines`: a part of it is said in
/// another incident.
std::vector<std::string> told_beside(const Announcement& announcement, const Lines& lines) {
  std::vector<std::string> services;
  for (const auto& line : announcement.lines) services.push_back(line.service);
  const bool more =
      std::ranges::any_of(services, [&](const auto& service) { return !lines.contains(service); });
  return more ? services : std::vector<std::string>();
}

void speak(Book& book, const std::string& id, std::uint64_t seq, const Announcement& announcement,
           const Lines& lines, Time now) {
  Incident& spoken = *incident(book, id);
  Update update = automatic_update(seq, id, announcement.text, now);
  update.announcement = announcement.id;
  update.about = told_beside(announcement, lines);
  move(book, spoken, lines, update);
  settle(book, spoken, now);
  update.phase = spoken.phase;
  add_update(spoken.updates, std::move(update));
}

std::string open_automatic(Book& book, std::uint64_t seq, const Announcement& announcement,
                           const Lines& lines, Time now) {
  std::vector<std::string> services;
  for (const auto& line : announcement.lines) {
    if (lines.contains(line.service) && !names(services, line.service)) {
      services.push_back(line.service);
    }
  }
  return open_incident(book, seq, incident_name(book, services, announcement.text), now, true);
}

void fold_worse(Book& book, std::uint64_t seq, const Announcement& announcement, Time now) {
  for (auto& [id, lines] : sorted_out(book, announcement)) {
    if (!id.empty()) {
      speak(book, id, seq, announcement, lines, now);
      continue;
    }
    Lines fallen = lines;
    std::erase_if(fallen, [](const auto& line) { return !worse(line.second, State::up); });
    if (fallen.empty()) continue;
    speak(book, open_automatic(book, seq, announcement, fallen, now), seq, announcement, fallen,
          now);
  }
}

void fold_better(Book& book, std::uint64_t seq, const Announcement& announcement, Time now) {
  for (const auto& [id, lines] : sorted_out(book, announcement)) {
    if (!id.empty()) speak(book, id, seq, announcement, lines, now);
  }
}

}  // namespace

Update automatic_update(std::uint64_t seq, const std::string& id, std::string text, Time now) {
  Update update;
  update.id = short_id("update " + std::to_string(seq) + " " + id);
  update.at = now;
  update.text = std::move(text);
  update.automatic = true;
  return update;
}

void fold_spoken(Book& book, std::uint64_t seq, const MachineSpoke& spoke, Time now) {
  switch (spoke.announcement.tidings) {
    case Tidings::worse:
      return fold_worse(book, seq, spoke.announcement, now);
    case Tidings::better:
      return fold_better(book, seq, spoke.announcement, now);
    case Tidings::flapping:
    case Tidings::staff_word:
    case Tidings::correction:
    case Tidings::withdrawal:
    case Tidings::lost_sight:
    case Tidings::reminder:
    case Tidings::held:
    case Tidings::hint:
    case Tidings::answer:
    case Tidings::trouble:
    case Tidings::digest:
      return;
  }
}

void close_by_machine(Book& book, std::uint64_t seq, const std::string& service,
                      const std::string& text, Time now) {
  const auto in = book.troubled.find(service);
  if (in == book.troubled.end()) return;
  Incident& spoken = *incident(book, in->second);
  if (spoken.services.at(service) == State::up) return;
  Update update = automatic_update(seq, spoken.id, text, now);
  change(book, spoken, service, State::up, update);
  spoken.awaits.erase(service);
  settle(book, spoken, now);
  update.phase = spoken.phase;
  add_update(spoken.updates, std::move(update));
}

void fold_measured(Book& book, std::uint64_t seq, const MeasuredChanged& changed, Time now) {
  ServiceEntry& entry = book.entries[changed.service];
  if (!entry.measured || entry.measured->state != changed.now.state) entry.measured_since = now;
  entry.measured = changed.now;
  const auto in = book.troubled.find(changed.service);
  if (changed.now.state != State::up || in == book.troubled.end()) return;
  if (!incident(book, in->second)->awaits.contains(changed.service)) return;
  close_by_machine(book, seq, changed.service, "Measured as back to normal.", now);
}

}  // namespace signalbox::ledger
