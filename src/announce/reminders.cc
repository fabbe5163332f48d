#include <algorithm>

#include "announce/head.h"
#include "announce/wording.h"
#include "announce/words.h"
#include "base/text.h"

namespace signalbox::announce {
namespace {

Announcement to_staff(std::string text, std::string reason) {
  Announcement a;
  a.tidings = Tidings::reminder;
  a.audience = Audience::staff;
  a.text = std::move(text);
  a.reason = std::move(reason);
  return a;
}

template <typename T>
const T* found(const std::vector<T>& things, const std::string& id) {
  const auto at = std::find_if(things.rbegin(), things.rend(), [&](auto& t) { return t.id == id; });
  return at == things.rend() ? nullptr : &*at;
}

std::string line_to_post(const std::vector<std::string>& services, const std::string& word,
                         const Telling& telling) {
  return "`" + head(folded(services, telling.board), word) + ": …`";
}

std::vector<std::string> open_services(const Incident& incident) {
  std::vector<std::string> services;
  for (const auto& [service, state] : incident.services) {
    if (state != State::up) services.push_back(service);
  }
  return services;
}

/// `back to 99.9 % for 10 min`, by the worst of them.
std::string back_to(const std::vector<std::string>& services, const Telling& telling) {
  std::string worst = "measured UP";
  double lowest = 2;
  Time since{};
  for (const std::string& service : services) {
    const auto entry = telling.after.entries.find(service);
    if (entry == telling.after.entries.end() || !entry->second.measured) continue;
    const Measurement& m = *entry->second.measured;
    since = std::max(since, entry->second.measured_since);
    if (m.total <= 0 || m.window == Duration::zero() || m.good / m.total >= lowest) continue;
    lowest = m.good / m.total;
    worst = "back to " + share(m.good, m.total);
  }
  const Duration span = telling.at - since;
  if (since == Time{} || span < std::chrono::minutes(1)) return worst;
  return worst + " for " + span_text(std::chrono::floor<std::chrono::minutes>(span));
}

std::optional<Announcement> recovered(const std::string& id, const Telling& telling) {
  const Incident* incident = found(telling.after.incidents, id);
  if (incident == nullptr) return std::nullopt;
  const auto services = open_services(*incident);
  return to_staff(back_to(services, telling) + "; post " + line_to_post(services, "UP", telling) +
                      " to close \"" + incident->name + "\"",
                  "reminder_recovered");
}

std::optional<Announcement> silent(const std::string& id, const Telling& telling) {
  const Incident* incident = found(telling.after.incidents, id);
  if (incident == nullptr) return std::nullopt;
  const Duration span = std::chrono::floor<std::chrono::minutes>(telling.at - incident->last_word);
  const auto services = open_services(*incident);
  return to_staff("no word for " + span_text(span) + " in \"" + incident->name + "\"; post " +
                      line_to_post(services, "IDENTIFIED", telling) + " or " +
                      line_to_post(services, "UP", telling),
                  "reminder_silent");
}

std::optional<Announcement> maintenance_over(const std::string& id, const Telling& telling) {
  const Maintenance* m = found(telling.before.maintenances, id);
  if (m == nullptr) return std::nullopt;
  return to_staff("maintenance \"" + m->name + "\" had no end and is over after " +
                      span_text(std::chrono::floor<std::chrono::minutes>(telling.at - m->from)) +
                      "; if it goes on, post " + line_to_post(m->services, "MAINT", telling),
                  "maintenance_asks");
}

std::optional<Announcement> unconfirmed(const std::string& id, const Telling& telling) {
  const HeldReport* held = found(telling.before.held, id);
  if (held == nullptr) return std::nullopt;
  return to_staff(
      "not confirmed in time, not applied: \"" + shorten(one_line(held->post.text), 100) + "\"",
      "confirmation_lapsed");
}

}  // namespace

std::optional<Announcement> reminder(const Elapsed& what, const Telling& telling) {
  switch (what.what) {
    case Elapsed::What::reminder_recovered:
      return recovered(what.subject, telling);
    case Elapsed::What::reminder_silent:
      return silent(what.subject, telling);
    case Elapsed::What::maintenance_asks:
      return maintenance_over(what.subject, telling);
    case Elapsed::What::confirmation_lapsed:
      return unconfirmed(what.subject, telling);
    case Elapsed::What::deletion_final:
      return withdrawal(what.subject, telling);
    case Elapsed::What::statement_ended:
    case Elapsed::What::maintenance_started:
    case Elapsed::What::maintenance_ended:
    case Elapsed::What::notice_ended:
      break;
  }
  return std::nullopt;
}

std::vector<Announcement> closed_by_leaving(const Telling& telling) {
  std::vector<Announcement> all;
  for (const Incident& before : telling.before.incidents) {
    const Incident* after = before.open() ? found(telling.after.incidents, before.id) : nullptr;
    if (after == nullptr || after->open()) continue;
    all.push_back(to_staff("closed \"" + before.name + "\": " + join(open_services(before), ", ") +
                               " left the configuration; followers are told nothing of it",
                           "service_removed"));
  }
  return all;
}

}  // namespace signalbox::announce
