#include <algorithm>

#include "ledger/days.h"
#include "ledger/fold_post.h"
#include "ledger/ledger.h"
#include "ledger/lookup.h"
#include "ledger/machine.h"
#include "ledger/sweep.h"

namespace signalbox::ledger {
namespace {

bool known(const Book& book, const std::string& service) { return book.entries.contains(service); }

Status unknown(const std::string& what, const std::string& name) {
  return invalid("no " + what + " \"" + name + "\" is known here");
}

/// Whether the event can be folded into this book, before anything is changed.
Status foldable(const Book& book, const PostReceived& received) {
  const auto* report = std::get_if<Report>(&received.sentence);
  if (report == nullptr) return {};
  for (const auto& service : report->services) {
    if (!known(book, service)) return unknown("service", service);
  }
  if (report->phase == Phase::postmortem || !report->services.empty()) return {};
  return invalid("the report in post \"" + received.post.id + "\" is about no service");
}

Status foldable(const Book& book, const MeasuredChanged& changed) {
  return known(book, changed.service) ? Status() : unknown("service", changed.service);
}

Status foldable(const Book& book, const StandingChanged& changed) {
  return known(book, changed.service) ? Status() : unknown("service", changed.service);
}

Status foldable(const Book& book, const Elapsed& elapsed) {
  switch (elapsed.what) {
    case Elapsed::What::statement_ended:
      return known(book, elapsed.subject) ? Status() : unknown("service", elapsed.subject);
    case Elapsed::What::maintenance_started:
    case Elapsed::What::maintenance_ended:
    case Elapsed::What::maintenance_asks:
      if (maintenance(book, elapsed.subject) == nullptr) {
        return unknown("maintenance", elapsed.subject);
      }
      return {};
    case Elapsed::What::reminder_recovered:
    case Elapsed::What::reminder_silent:
      if (incident(book, elapsed.subject) == nullptr) return unknown("incident", elapsed.subject);
      return {};
    case Elapsed::What::deletion_final:
    case Elapsed::What::confirmation_lapsed:
    case Elapsed::What::notice_ended:
      return {};
  }
  return {};
}

Status foldable(const Book& book, const Commanded& order) {
  if (order.what != Commanded::What::release) return {};
  const bool held = std::any_of(book.held.begin(), book.held.end(),
                                [&](const auto& item) { return item.id == order.subject; });
  return held ? Status() : unknown("held report", order.subject);
}

Status foldable(const Book&, const MachineSpoke&) { return {}; }
Status foldable(const Book&, const Configured&) { return {}; }

/// Folds each kind of event.
struct Fold {
  Book& book;
  std::uint64_t seq;
  Time now;

  void operator()(const PostReceived& what) const { fold_post(book, seq, what, now); }
  void operator()(const MeasuredChanged& what) const { fold_measured(book, seq, what, now); }
  void operator()(const StandingChanged& what) const { fold_standing(book, what, now); }
  void operator()(const Elapsed& what) const { fold_elapsed(book, seq, what, now); }
  void operator()(const Commanded& what) const { fold_command(book, seq, what, now); }
  void operator()(const MachineSpoke& what) const { fold_spoken(book, seq, what, now); }
  void operator()(const Configured& what) const { fold_configured(book, seq, what, now); }
};

}  // namespace

Status apply(Book& book, const Event& event) {
  if (event.seq != book.seq + 1) {
    return internal("event " + std::to_string(event.seq) + " does not follow event " +
                    std::to_string(book.seq));
  }
  book.seq = event.seq;
  if (book.began == Time{}) book.began = event.at;
  book.touched.clear();
  const Status fit = std::visit([&](const auto& what) { return foldable(book, what); }, event.what);
  if (!fit) return fit;
  book.at = std::max(book.at, event.at);
  std::visit(Fold{book, event.seq, event.at}, event.what);
  sweep(book, event.at);
  return {};
}

Status apply(Book& book, const std::vector<Event>& events) {
  for (const auto& event : events) {
    if (Status status = apply(book, event); !status) return status;
  }
  return {};
}

}  // namespace signalbox::ledger
