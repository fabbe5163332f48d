#include "ledger/take_back.h"

#include <algorithm>

#include "ledger/incidents.h"
#include "ledger/lookup.h"
#include "ledger/maintenances.h"
#include "ledger/post_words.h"

namespace signalbox::ledger {
namespace {

/// What stands when a word is taken away: not a word that has run out meanwhile, nor a maintenance
/// that is over.
std::optional<Statement> still_good(const Book& book, const std::optional<Statement>& stated,
                                    Time now) {
  if (!stated || (stated->until && *stated->until <= now)) return std::nullopt;
  if (stated->state != State::maint) return stated;
  const bool runs =
      std::any_of(book.maintenances.begin(), book.maintenances.end(), [&](const auto& work) {
        return running(work) && by(work, {stated->post_account, stated->post_id, ""});
      });
  return runs ? stated : std::nullopt;
}

/// Later words remember what they replaced: they must not bring the withdrawn one back.
void heal_chain(Book& book, const PostRef& ref, const std::string& service,
                const std::optional<Statement>& older) {
  for (auto& [other, post] : book.followed) {
    const auto kept = post.replaced.find(service);
    if (kept != post.replaced.end() && kept->second && by(*kept->second, ref)) kept->second = older;
  }
}

/// States again what was stated before `post`. Gives the services whose word changed by that.
std::vector<std::string> restore(Book& book, const FollowedPost& post, Time now) {
  std::vector<std::string> restored;
  for (const auto& [service, older] : post.replaced) {
    auto& stated = book.entries[service].stated;
    if (stated && by(*stated, post.ref)) {
      stated = still_good(book, older, now);
      restored.push_back(service);
    }
    heal_chain(book, post.ref, service, older);
  }
  return restored;
}

/// What a service is in its incident when nothing but its statement and its measurement speak.
State left_over(const Book& book, const std::string& service) {
  const State measured = measured_trouble(book, service).value_or(State::up);
  const auto& stated = book.entries.at(service).stated;
  return stated && worse(stated->state, measured) ? stated->state : measured;
}

bool has_words(const Incident& incident) {
  return std::any_of(incident.updates.begin(), incident.updates.end(),
                     [](const Update& update) { return !update.withdrawn; });
}

bool has_staff_words(const Incident& incident) {
  return std::any_of(incident.updates.begin(), incident.updates.end(),
                     [](const Update& update) { return !update.withdrawn && !update.automatic; });
}

void set_states(Incident& open, const std::map<std::string, State>& states) {
  for (const auto& [service, state] : states) open.services[service] = state;
}

void weigh_worst(Incident& incident) {
  incident.worst = State::issue;
  for (const auto& update : incident.updates) {
    if (update.withdrawn) continue;
    for (const auto& affected : update.affected) {
      if (worse(affected.after, incident.worst)) incident.worst = affected.after;
    }
  }
}

std::map<std::string, State> left_over(const Book& book, const Incident& incident,
                                       const std::vector<std::string>& restored) {
  std::map<std::string, State> states;
  for (const auto& service : restored) {
    if (incident.services.contains(service)) states[service] = left_over(book, service);
  }
  return states;
}

/// An open incident after one of its words went: others' words keep it open, and evidence keeps its
/// services in trouble.
void recall_open(Book& book, Incident& open, const std::vector<std::string>& restored, Time now) {
  open.touched = has_staff_words(open);
  if (!has_words(open)) return resolve(book, open, now);
  auto services = open.services;
  const auto states = left_over(book, open, restored);
  for (const auto& [service, state] : states) {
    services[service] = state;
    open.awaits.erase(service);
  }
  const bool all_up = std::all_of(services.begin(), services.end(),
                                  [](const auto& item) { return item.second == State::up; });
  if (all_up && open.touched) return;
  set_states(open, states);
  settle(book, open, now);
}

/// A resolved incident is open again when the word that closed it went and trouble is stated once
/// more.
void recall_resolved(Book& book, Incident& closed, const std::vector<std::string>& restored) {
  auto states = left_over(book, closed, restored);
  std::erase_if(states, [&](const auto& item) {
    return item.second == State::up || book.troubled.contains(item.first);
  });
  if (states.empty()) return;
  reopen(book, closed);
  set_states(closed, states);
}

void recall(Book& book, const std::string& id, const std::vector<std::string>& restored, Time now) {
  Incident& spoken = *incident(book, id);
  if (spoken.open()) {
    recall_open(book, spoken, restored, now);
  } else {
    recall_resolved(book, spoken, restored);
  }
  weigh_worst(spoken);
}

/// The only word of an open incident is rewritten: it is now about those of the report's services
/// that are in no other.
void rehome(Book& book, Incident& open, const Said& said) {
  std::map<std::string, State> services;
  for (const auto& service : said.report.services) {
    const auto in = book.troubled.find(service);
    if (in == book.troubled.end() || in->second == open.id) services[service] = State::up;
  }
  if (services.empty()) return;
  for (const auto& [service, state] : open.services) book.troubled.erase(service);
  for (const auto& [service, state] : services) book.troubled[service] = open.id;
  open.services = std::move(services);
  open.awaits.clear();
  open.worst = State::issue;
  open.name = incident_name(book, said.report.services, said.report.message);
}

bool speaks_of_trouble(const Report& report) {
  const bool opens = report.phase == Phase::investigating || report.phase == Phase::identified;
  return opens || (report.state && worse(*report.state, State::up));
}

/// Takes the post's update out of an incident, so that the corrected one can take its place.
void vacate(Book& book, const std::string& id, const Said& said,
            const std::vector<std::string>& restored) {
  Incident& spoken = *incident(book, id);
  const bool opening = !spoken.updates.empty() && by(spoken.updates.front(), said.ref);
  std::erase_if(spoken.updates, [&](const Update& update) { return by(update, said.ref); });
  if (spoken.postmortem && by(*spoken.postmortem, said.ref)) spoken.postmortem.reset();
  if (!spoken.open()) return;
  for (const auto& [service, state] : left_over(book, spoken, restored)) {
    spoken.services[service] = state;
    spoken.awaits.erase(service);
  }
  if (spoken.updates.empty() && speaks_of_trouble(said.report)) return rehome(book, spoken, said);
  if (opening && speaks_of_trouble(said.report) && !spoken.automatic) {
    spoken.name = incident_name(book, said.report.services, said.report.message);
  }
}

/// After the corrected word found its place: an incident left without any word keeps the old one as
/// withdrawn.
void close_vacated(Book& book, Incident& spoken, std::vector<Update> old, Time now) {
  if (spoken.updates.empty()) {
    for (auto& update : old) {
      update.withdrawn = true;
      add_update(spoken.updates, std::move(update));
    }
    if (spoken.open()) resolve(book, spoken, now);
  }
  if (spoken.open()) settle(book, spoken, now);
  weigh_worst(spoken);
}

}  // namespace

void withdraw(Book& book, const PostRef& ref, Time now) {
  const auto found = book.followed.find(ref);
  if (found == book.followed.end()) return;
  const FollowedPost post = found->second;
  book.followed.erase(found);
  book.fading.erase(ref);
  const auto spoken_in = incidents_with(book, ref);
  mark_withdrawn(book, ref);
  cancel_maintenance(book, ref, now);
  std::erase_if(book.notices, [&](const Notice& notice) { return by(notice, ref); });
  const auto restored = restore(book, post, now);
  for (const auto& id : spoken_in) recall(book, id, restored, now);
}

FollowedPost correct(Book& book, const FollowedPost& before, const Said& said,
                     std::optional<Time> notice_until) {
  const auto restored = restore(book, before, said.now);
  std::erase_if(book.notices, [&](const Notice& notice) { return by(notice, said.ref); });
  if (Maintenance* work = replanned(book, before, said)) {
    FollowedPost after = before;
    after.report = said.report;
    replan(book, *work, said);
    return after;
  }
  cancel_maintenance(book, said.ref, said.now);
  const auto spoken_in = incidents_with(book, said.ref);
  std::map<std::string, std::vector<Update>> old;
  for (const auto& id : spoken_in) {
    old[id] = updates_by(*incident(book, id), said.ref);
    vacate(book, id, said, restored);
  }
  FollowedPost after = fold_said(book, said, notice_until);
  for (const auto& id : spoken_in) close_vacated(book, *incident(book, id), old[id], said.now);
  return after;
}

void revise(Book& book, const FollowedPost& before, const std::string& message) {
  revise_words(book, before.ref, message);
  for (const auto& [service, older] : before.replaced) {
    auto& stated = book.entries[service].stated;
    if (stated && by(*stated, before.ref)) stated->message = message;
  }
}

void rename(Book& book, const PostRef& once, const PostRef& now_called) {
  rename_words(book, once, now_called);
  const auto renamed = [&](std::optional<Statement>& stated) {
    if (stated && by(*stated, once)) stated->post_id = now_called.id;
  };
  for (auto& [service, entry] : book.entries) renamed(entry.stated);
  for (auto& [ref, post] : book.followed) {
    for (auto& [service, stated] : post.replaced) renamed(stated);
  }
  auto moved = book.followed.extract(once);
  if (moved.empty()) return;
  moved.key() = now_called;
  moved.mapped().ref = now_called;
  moved.mapped().formerly.push_back(once.id);
  book.followed.insert(std::move(moved));
  book.fading.erase(once);
}

}  // namespace signalbox::ledger
