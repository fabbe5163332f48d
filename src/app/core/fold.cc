// The ledger's turn of the core: events numbered, folded, and put into the open batch; the ledger
// replayed at start.
#include <nlohmann/json_fwd.hpp>
#include <utility>

#include "app/core/core.h"
#include "app/core/records.h"
#include "base/log.h"

namespace signalbox::app {

namespace {

constexpr std::size_t kRowsAtOnce = 2000;

bool shows(const Event& event) {
  const auto* received = std::get_if<PostReceived>(&event.what);
  return !received || (received->verdict != Verdict::ignored && received->verdict != Verdict::echo);
}

/// Incidents that are over leave the book a month later: the store keeps them as they now stand.
void keep_what_is_over(const Book& book, store::Batch& batch) {
  for (const std::string& id : book.touched) {
    const auto place = book.places.find(id);
    if (place == book.places.end()) continue;
    const Incident& incident = book.incidents[place->second];
    if (!incident.open()) batch.incidents.push_back({id, encode(incident)});
  }
}

/// Since when each service is shown in its state, where an event may change which are on the page.
std::map<std::string, Time> since(const Book& book, const Event& event) {
  std::map<std::string, Time> all;
  if (!std::holds_alternative<Configured>(event.what)) return all;
  for (const auto& [service, entry] : book.entries) all[service] = entry.since;
  return all;
}

/// What `event` changed of that, for the store: `before` is since() of before it.
void keep_showings(const Book& book, const std::map<std::string, Time>& before, const Event& event,
                   store::Batch& batch) {
  if (const auto* changed = std::get_if<StandingChanged>(&event.what)) {
    batch.showings.push_back({changed->service, event.at, event.seq, changed->after});
  }
  if (!std::holds_alternative<Configured>(event.what)) return;
  for (const auto& [service, entry] : book.entries) {
    const auto was = before.find(service);
    if (entry.since == (was == before.end() ? Time{} : was->second)) continue;
    const bool gone = entry.since == Time{};
    batch.showings.push_back(
        {service, event.at, event.seq, gone ? std::nullopt : std::optional(entry.shown)});
  }
}

}  // namespace

void Core::happen(Event event, std::string key) {
  event.seq = book_.seq + 1;
  event.at = now_;
  happened_ = true;
  if (!plan_.replayed) batch_.rows.push_back(row_of(event, std::move(key)));
  const auto before = since(book_, event);
  tell_and_fold(event);
  if (plan_.replayed) {
    surroundings_.saw(event);
  } else {
    keep_what_is_over(book_, batch_);
    keep_showings(book_, before, event, batch_);
  }
  state_changed_ = state_changed_ || shows(event);
}

void Core::set_aside(const Event& event, const Error& why) {
  log::error("event " + std::to_string(event.seq) +
             " cannot be folded and is set aside: " + why.what);
  unread_ = true;
}

Status Core::replay() {
  const auto kept = store_.checkpoint();
  if (kept && *kept) {
    if (auto folded = decode_checkpoint((*kept)->payload);
        folded && folded->book.seq == (*kept)->seq) {
      book_ = std::move(folded->book);
      memory_ = std::move(folded->memory);
    } else {
      log::warning("the checkpoint cannot be read; folding the whole ledger");
    }
  }
  checkpoint_seq_ = book_.seq;
  for (;;) {
    auto rows = store_.rows(book_.seq, kRowsAtOnce);
    if (!rows) return rows.error();
    for (const store::Row& row : *rows) replay_row(row);
    if (const Status saved = store_.keep(std::exchange(batch_, {})); !saved) return saved;
    if (rows->size() < kRowsAtOnce) return {};
  }
}

void Core::replay_row(const store::Row& row) {
  auto event = event_of(row);
  if (!event) {
    set_aside(Event{row.seq, row.at, {}}, event.error());
    book_.seq = row.seq;
    return;
  }
  const auto before = since(book_, *event);
  if (const Status folded = ledger::apply(book_, *event); folded) {
    keep_showings(book_, before, *event, batch_);
  } else {
    set_aside(*event, folded.error());
  }
  announce::apply(memory_, *event, plan_.habits);
  keep_what_is_over(book_, batch_);
}

Status Core::keep_checkpoint() {
  if (stuck_ || plan_.replayed || book_.seq == checkpoint_seq_) return {};
  const Status kept = store_.keep_checkpoint({book_.seq, encode_checkpoint(book_, memory_)});
  if (kept) checkpoint_seq_ = book_.seq;
  return kept;
}

}  // namespace signalbox::app
