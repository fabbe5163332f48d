#include "ledger/post_words.h"

#include <algorithm>

#include "ledger/incidents.h"
#include "ledger/lookup.h"
#include "ledger/maintenances.h"

namespace signalbox::ledger {
namespace {

bool has_update_by(const std::vector<Update>& updates, const PostRef& ref) {
  return std::any_of(updates.begin(), updates.end(), [&](const auto& u) { return by(u, ref); });
}

/// Calls `act` with every update by `ref`; whether there was one.
template <typename Act>
bool each_update(std::vector<Update>& updates, const PostRef& ref, const Act& act) {
  bool found = false;
  for (auto& update : updates) {
    if (!by(update, ref)) continue;
    found = true;
    act(update);
  }
  return found;
}

template <typename Act>
void each_update(Book& book, const PostRef& ref, const Act& act) {
  for (auto& incident : book.incidents) {
    const bool after = incident.postmortem && by(*incident.postmortem, ref);
    if (after) act(*incident.postmortem);
    if (each_update(incident.updates, ref, act) || after) book.touched.insert(incident.id);
  }
  for (auto& work : book.maintenances) each_update(work.updates, ref, act);
}

std::vector<std::string> ids_of(const std::map<std::string, State>& services) {
  std::vector<std::string> ids;
  for (const auto& [id, state] : services) ids.push_back(id);
  return ids;
}

/// The services an incident was opened with, in the order they were named.
std::vector<std::string> opened_with(const Incident& incident) {
  std::vector<std::string> services;
  for (const auto& affected : incident.updates.front().affected) {
    services.push_back(affected.service);
  }
  return services.empty() ? ids_of(incident.services) : services;
}

}  // namespace

std::vector<std::string> incidents_with(const Book& book, const PostRef& ref) {
  std::vector<std::string> ids;
  for (const auto& incident : book.incidents) {
    const bool after = incident.postmortem && by(*incident.postmortem, ref);
    if (after || has_update_by(incident.updates, ref)) ids.push_back(incident.id);
  }
  return ids;
}

std::vector<Update> updates_by(const Incident& incident, const PostRef& ref) {
  std::vector<Update> found;
  std::copy_if(incident.updates.begin(), incident.updates.end(), std::back_inserter(found),
               [&](const auto& update) { return by(update, ref); });
  return found;
}

void mark_withdrawn(Book& book, const PostRef& ref) {
  each_update(book, ref, [](Update& update) { update.withdrawn = true; });
  for (auto& incident : book.incidents) {
    if (incident.postmortem && by(*incident.postmortem, ref)) incident.postmortem.reset();
  }
}

void cancel_maintenance(Book& book, const PostRef& ref, Time now) {
  for (auto& work : book.maintenances) {
    each_update(work.updates, ref, [](Update& update) { update.withdrawn = true; });
    if (by(work, ref) && !work.ended) end(book, work, now);
  }
}

Maintenance* replanned(Book& book, const FollowedPost& before, const Said& said) {
  if (said.report.state != State::maint || before.report.state != State::maint) return nullptr;
  Maintenance* work = maintenance(book, before.incident);
  if (work == nullptr || !by(*work, said.ref)) return nullptr;
  std::erase_if(work->updates, [&](const Update& update) { return by(update, said.ref); });
  return work;
}

void revise_words(Book& book, const PostRef& ref, const std::string& message) {
  each_update(book, ref, [&](Update& update) {
    update.text = message;
    update.edited = true;
  });
  for (auto& incident : book.incidents) {
    if (incident.updates.empty() || !by(incident.updates.front(), ref)) continue;
    incident.name = incident_name(book, opened_with(incident), message);
  }
  for (auto& work : book.maintenances) {
    if (by(work, ref)) work.name = incident_name(book, work.services, message);
  }
  for (auto& notice : book.notices) {
    if (!by(notice, ref)) continue;
    notice.text = message;
    notice.edited = true;
  }
}

void rename_words(Book& book, const PostRef& once, const PostRef& now_called) {
  each_update(book, once, [&](Update& update) { update.post_id = now_called.id; });
  for (auto& work : book.maintenances) {
    if (by(work, once)) work.post_id = now_called.id;
  }
  for (auto& notice : book.notices) {
    if (by(notice, once)) notice.post_id = now_called.id;
  }
}

}  // namespace signalbox::ledger
