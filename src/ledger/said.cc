#include "ledger/said.h"

#include <algorithm>

#include "base/hash.h"
#include "ledger/incidents.h"
#include "ledger/lookup.h"
#include "ledger/maintenances.h"

namespace signalbox::ledger {
namespace {

FollowedPost follow(const Said& said) {
  FollowedPost post;
  post.ref = said.ref;
  post.author = said.author;
  post.report = said.report;
  post.at = said.at;
  return post;
}

/// The id of the update a word made in `id`, or "" where it made none.
std::string update_id(const Said& said, const std::string& id) {
  return id.empty() ? "" : update_in(said, id).id;
}

std::string speak_notice(Book& book, const Said& said, std::optional<Time> until) {
  Notice notice;
  notice.id =
      said.kept_update.empty() ? short_id("notice " + std::to_string(said.seq)) : said.kept_update;
  notice.services = said.report.services;
  notice.text = said.report.message;
  notice.at = said.at;
  notice.until = until.value_or(said.at);
  notice.source = said.source;
  notice.edited = said.edited;
  notice.post_account = said.ref.account;
  notice.post_id = said.ref.id;
  book.notices.push_back(std::move(notice));
  return book.notices.back().id;
}

std::string speak_postmortem(Book& book, const Said& said) {
  const std::string id = latest_resolved(book, said.report.services);
  if (Incident* resolved = incident(book, id)) {
    resolved->postmortem = update_in(said, id);
    resolved->postmortem->phase = Phase::postmortem;
  }
  return id;
}

/// The incident that ran at `at` with one of the report's services, else the latest before it,
/// among recent ones.
Incident* of_its_time(Book& book, const Said& said) {
  constexpr int kFarEnough = 100;
  int looked = 0;
  for (auto i = book.incidents.rbegin(); i != book.incidents.rend() && looked < kFarEnough;
       ++i, ++looked) {
    if (i->opened > said.at) continue;
    for (const auto& service : said.report.services) {
      if (i->services.contains(service)) return &*i;
    }
  }
  return nullptr;
}

FollowedPost speak_state(Book& book, const Said& said) {
  const auto services = not_overtaken(book, said);
  if (services.empty()) return fold_older(book, said);
  FollowedPost post = follow(said);
  if (said.report.state == State::up) {
    post.replaced = state_services(book, said, services, State::up);
    const std::string work = end_early(book, said, services);
    post.incident = speak_up(book, said, services);
    if (post.incident.empty()) post.incident = work;
  } else {
    const State state = said.report.state.value_or(State::issue);
    post.replaced = state_services(book, said, services, state);
    post.incident = speak_trouble(book, said, services, state);
  }
  post.update = update_id(said, post.incident);
  return post;
}

/// INVESTIGATING and IDENTIFIED open what is not open yet; a phase of something open keeps its
/// states.
FollowedPost speak_of_phase(Book& book, const Said& said) {
  const auto services = not_overtaken(book, said);
  if (services.empty()) return fold_older(book, said);
  if (troubled_with(book, services).empty()) return speak_state(book, said);
  FollowedPost post = follow(said);
  post.incident = speak_phase(book, said, services);
  post.update = update_id(said, post.incident);
  return post;
}

}  // namespace

Update update_in(const Said& said, const std::string& id) {
  Update update;
  const bool kept = !said.kept_update.empty() && id == said.kept_in;
  update.id = kept ? said.kept_update : short_id("update " + std::to_string(said.seq) + " " + id);
  update.at = said.at;
  update.state = said.report.state;
  update.text = said.report.message;
  update.source = said.source;
  update.edited = said.edited;
  update.post_account = said.ref.account;
  update.post_id = said.ref.id;
  update.about = said.report.services;
  return update;
}

std::vector<std::string> not_overtaken(const Book& book, const Said& said) {
  std::vector<std::string> services;
  std::copy_if(said.report.services.begin(), said.report.services.end(),
               std::back_inserter(services),
               [&](const auto& service) { return !newer_word(book, service, said.at); });
  return services;
}

std::map<std::string, std::optional<Statement>> state_services(
    Book& book, const Said& said, const std::vector<std::string>& services, State state) {
  std::map<std::string, std::optional<Statement>> replaced;
  for (const auto& service : services) {
    auto& stated = book.entries[service].stated;
    replaced[service] = std::move(stated);
    stated = Statement{
        state,      said.at, said.report.until, said.source, said.report.message, said.ref.account,
        said.ref.id};
  }
  return replaced;
}

FollowedPost fold_said(Book& book, const Said& said, std::optional<Time> notice_until) {
  FollowedPost post = follow(said);
  if (said.report.is_notice()) {
    post.incident = speak_notice(book, said, notice_until);
    post.update = post.incident;
  } else if (said.report.phase == Phase::postmortem) {
    post.incident = speak_postmortem(book, said);
    post.update = update_id(said, post.incident);
  } else if (said.report.state == State::maint) {
    post.incident = speak_maintenance(book, said);
    post.update = update_id(said, post.incident);
  } else if (said.report.state) {
    return speak_state(book, said);
  } else {
    return speak_of_phase(book, said);
  }
  return post;
}

FollowedPost fold_reply(Book& book, const Said& said, const std::string& id) {
  FollowedPost post = follow(said);
  post.incident = id;
  Update update = update_in(said, id);
  post.update = update.id;
  if (Incident* spoken = incident(book, id)) {
    spoken->touched = true;
    spoken->last_word = std::max(spoken->last_word, said.now);
    update.phase = spoken->phase;
    add_update(spoken->updates, std::move(update));
  } else if (Maintenance* work = maintenance(book, id)) {
    add_update(work->updates, std::move(update));
  }
  return post;
}

FollowedPost fold_older(Book& book, const Said& said) {
  FollowedPost post = follow(said);
  Incident* spoken = of_its_time(book, said);
  if (spoken == nullptr) return post;
  book.touched.insert(spoken->id);
  Update update = update_in(said, spoken->id);
  update.phase = spoken->phase;
  post.incident = spoken->id;
  post.update = update.id;
  add_update(spoken->updates, std::move(update));
  return post;
}

}  // namespace signalbox::ledger
