#include "ledger/maintenances.h"

#include <algorithm>

#include "base/hash.h"
#include "ledger/incidents.h"
#include "ledger/lookup.h"

namespace signalbox::ledger {
namespace {

bool stated_by(const std::optional<Statement>& stated, const Maintenance& work) {
  return stated && stated->state == State::maint && stated->post_account == work.post_account &&
         stated->post_id == work.post_id;
}

/// Gives MAINT back where `work` stated it.
void release(Book& book, const Maintenance& work, const std::vector<std::string>& services) {
  for (const auto& service : services) {
    auto& stated = book.entries[service].stated;
    if (stated_by(stated, work)) stated.reset();
  }
}

/// Running work that covers all of the report, when the report is about now: its words belong
/// there.
Maintenance* continued(Book& book, const Said& said) {
  if (said.report.from && *said.report.from > said.now) return nullptr;
  for (auto& work : book.maintenances) {
    const bool covers = std::all_of(said.report.services.begin(), said.report.services.end(),
                                    [&](const auto& s) { return names(work.services, s); });
    if (running(work) && covers) return &work;
  }
  return nullptr;
}

void speak_into(Maintenance& work, const Said& said, Phase phase) {
  Update update = update_in(said, work.id);
  update.phase = phase;
  add_update(work.updates, std::move(update));
}

}  // namespace

Statement statement_by(const Maintenance& work) {
  const Source source = work.updates.empty() ? Source{} : work.updates.front().source;
  const std::string message = work.updates.empty() ? "" : work.updates.front().text;
  return {State::maint, work.from, work.until, source, message, work.post_account, work.post_id};
}

void start(Book& book, Maintenance& work, Time at) {
  work.started = at;
  for (const auto& service : work.services) {
    auto& stated = book.entries[service].stated;
    if (stated && worse(stated->state, State::up)) continue;
    stated = statement_by(work);
  }
}

void end(Book& book, Maintenance& work, Time at) {
  work.ended = at;
  release(book, work, work.services);
}

std::string speak_maintenance(Book& book, const Said& said) {
  if (Maintenance* work = continued(book, said)) {
    if (said.report.until) work->until = said.report.until;
    for (const auto& service : work->services) {
      auto& stated = book.entries[service].stated;
      if (stated_by(stated, *work)) stated->until = work->until;
    }
    speak_into(*work, said, Phase::investigating);
    return work->id;
  }
  Maintenance planned;
  planned.id = short_id("maintenance " + std::to_string(said.seq));
  planned.announced = said.at;
  book.maintenances.push_back(std::move(planned));
  replan(book, book.maintenances.back(), said);
  return book.maintenances.back().id;
}

void replan(Book& book, Maintenance& work, const Said& said) {
  if (work.started) release(book, work, work.services);
  work.started.reset();
  work.ended.reset();
  work.name = incident_name(book, said.report.services, said.report.message);
  work.services = said.report.services;
  work.from = said.report.from.value_or(said.at);
  work.until = said.report.until;
  work.post_account = said.ref.account;
  work.post_id = said.ref.id;
  speak_into(work, said, Phase::investigating);
  if (work.from <= said.now) start(book, work, work.from);
}

std::string end_early(Book& book, const Said& said, const std::vector<std::string>& services) {
  std::string first;
  for (auto& work : book.maintenances) {
    if (!running(work) || !overlap(work.services, services)) continue;
    if (first.empty()) first = work.id;
    speak_into(work, said, Phase::done);
    release(book, work, services);
    const bool all = std::all_of(work.services.begin(), work.services.end(),
                                 [&](const auto& s) { return names(services, s); });
    if (all) {
      end(book, work, std::max(said.at, work.from));
    } else {
      std::erase_if(work.services, [&](const auto& s) { return names(services, s); });
    }
  }
  return first;
}

}  // namespace signalbox::ledger
