#include <algorithm>

#include "ledger/fold_post.h"
#include "ledger/incidents.h"
#include "ledger/lookup.h"
#include "ledger/machine.h"
#include "ledger/maintenances.h"
#include "ledger/take_back.h"

namespace signalbox::ledger {
namespace {

/// A stated time has passed: measurement rules again, and what it does not bear out is closed.
void end_statement(Book& book, std::uint64_t seq, const std::string& service, Time now) {
  auto& stated = book.entries[service].stated;
  if (!stated || !stated->until || *stated->until > now) return;
  stated.reset();
  const auto in = book.troubled.find(service);
  if (in == book.troubled.end()) return;
  if (!measured_trouble(book, service)) {
    return close_by_machine(book, seq, service, "The time stated for this has passed.", now);
  }
  Incident& spoken = *incident(book, in->second);
  if (spoken.services.at(service) != State::up) spoken.awaits.insert(service);
}

void start_maintenance(Book& book, const std::string& id) {
  Maintenance* work = maintenance(book, id);
  if (work != nullptr && !work->started && !work->ended) start(book, *work, work->from);
}

void end_maintenance(Book& book, const std::string& id, Time now) {
  Maintenance* work = maintenance(book, id);
  if (work == nullptr || work->ended) return;
  end(book, *work, std::min(work->until.value_or(now), now));
}

/// They run out oldest first, so that the search ends soon.
void end_notice(Book& book, const std::string& id) {
  const auto ended = std::find_if(book.notices.begin(), book.notices.end(),
                                  [&id](const Notice& notice) { return notice.id == id; });
  if (ended != book.notices.end()) book.notices.erase(ended);
}

}  // namespace

const FollowedPost* named(const Book& book, const std::string& subject) {
  for (const auto& key : book.fading) {
    if (key.account + " " + key.id == subject) return &book.followed.at(key);
  }
  return nullptr;
}

void fold_elapsed(Book& book, std::uint64_t seq, const Elapsed& elapsed, Time now) {
  const std::string& subject = elapsed.subject;
  switch (elapsed.what) {
    case Elapsed::What::statement_ended:
      return end_statement(book, seq, subject, now);
    case Elapsed::What::maintenance_started:
      return start_maintenance(book, subject);
    case Elapsed::What::maintenance_ended:
    case Elapsed::What::maintenance_asks:
      return end_maintenance(book, subject, now);
    case Elapsed::What::deletion_final:
      if (const auto* gone = named(book, subject)) withdraw(book, PostRef(gone->ref), now);
      return;
    case Elapsed::What::confirmation_lapsed:
      std::erase_if(book.held, [&](const auto& held) { return held.id == subject; });
      return;
    case Elapsed::What::reminder_recovered:
      book.reminded["reminder_recovered " + subject] = now;
      return;
    case Elapsed::What::reminder_silent:
      book.reminded["reminder_silent " + subject] = now;
      return;
    case Elapsed::What::notice_ended:
      end_notice(book, subject);
      return;
  }
}

}  // namespace signalbox::ledger
