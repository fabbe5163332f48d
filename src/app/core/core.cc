#include "app/core/core.h"

#include <algorithm>
#include <utility>

#include "app/core/records.h"
#include "base/log.h"

namespace signalbox::app {

namespace {

constexpr Duration kShortestNap{5};  // between two turns that only time calls for
constexpr std::uint64_t kCheckpointEvery =
    5000;  // events; folding so many takes well under a second

}  // namespace

/// What the outbox asks, answered by announce and by chance.
struct Core::Mediation final : outbox::Mediator {
  explicit Mediation(Surroundings& around) : surroundings(around) {}
  std::string normalised(std::string_view text) const override {
    return announce::normalised(text);
  }
  std::uint64_t random() override { return surroundings.random(); }
  Surroundings& surroundings;
};

Core::Core(store::Store& store, const Clock& clock, board::Board& board, Surroundings& surroundings,
           Plan plan)
    : store_(store),
      clock_(clock),
      board_(board),
      surroundings_(surroundings),
      plan_(std::move(plan)),
      mediation_(std::make_unique<Mediation>(surroundings)),
      outbox_(*mediation_, {}),
      began_(clock.now()) {
  outbox_.on_sent_as([this](std::string_view account, std::string_view id) {
    const auto found = store_.sent_as(account, id);
    return found && found->has_value();
  });
}

Core::~Core() = default;

Status Core::start() {
  now_ = clock_.now();
  if (const Status folded = replay(); !folded) return folded;
  auto open = store_.open_deliveries();
  if (!open) return open.error();
  for (Delivery& row : outbox_.resume(std::move(*open), now_))
    batch_.deliveries.push_back(std::move(row));
  drop_orphans();
  if (const Status owed = resume_digests(); !owed) return owed;
  adopt_services();
  make_judges();
  if (const Status read = resume_readings(); !read) return read;
  evaluate_all();
  commit();
  return stuck_ ? Status(unavailable(store_trouble_)) : Status();
}

void Core::adopt_services() {
  Configured wanted{plan_.services, {}};
  for (const AccountPolicy& account : plan_.accounts)
    wanted.account_labels[account.id] = account.label;
  if (book_.seq > 0 && wanted.services == book_.services &&
      wanted.account_labels == book_.account_labels)
    return;
  happen(Event{0, now_, std::move(wanted)});
}

// Deliveries to accounts that are configured no more end as cancelled.
void Core::drop_orphans() {
  std::set<std::string> orphans;
  for (const Delivery& delivery : outbox_.open()) {
    if (!plan_.account(delivery.account)) orphans.insert(delivery.account);
  }
  for (const std::string& account : orphans) {
    for (Delivery& row : outbox_.cancel_account(account, "the account was removed", now_)) {
      batch_.deliveries.push_back(std::move(row));
    }
  }
}

void Core::replan(Plan plan) {
  now_ = clock_.now();
  plan_ = std::move(plan);
  drop_orphans();
  adopt_services();
  make_judges();
  std::erase_if(blind_checks_,
                [this](const auto& check) { return !plan_.check_rules.contains(check); });
  if (const Status read = resume_readings(); !read) log::error(read.error().what);
  evaluate_all();
  refreshed_ = {};
  state_changed_ = true;
}

void Core::order(const Commanded& order, Done done) {
  now_ = clock_.now();
  auto events = ledger::command(book_, plan_.rules, order, now_);
  if (!events) {
    done(events.error());
    return;
  }
  for (Event& event : *events) happen(std::move(event));
  waiting_.push_back(std::move(done));
}

void Core::settle(const outbox::Outcome& outcome) {
  now_ = clock_.now();
  auto row = outbox_.settle(outcome, now_);
  if (!row) return;
  if (row->state == DeliveryState::sent) trouble_over("speaking on " + row->account);
  batch_.deliveries.push_back(std::move(*row));
}

void Core::tick() {
  if (stuck_) return;
  now_ = clock_.now();
  for (Event& event : ledger::elapsed(book_, plan_.rules, now_)) happen(std::move(event));
  evaluate_all();
  replace_stale_news();
  forget_old();
}

void Core::commit() {
  if (!stuck_) {
    refresh_what_moved();
    tell_findings();
    tell_refusals();
    claim_deliveries();
  }
  if (!batch_.empty()) {
    if (const Status kept = store_.keep(batch_); !kept) return get_stuck(kept.error());
  }
  end_turn();
  publish_if_changed();
  if (book_.seq >= checkpoint_seq_ + kCheckpointEvery) {
    if (const Status kept = keep_checkpoint(); !kept) log::warning(kept.error().what);
  }
}

void Core::get_stuck(const Error& error) {
  if (!stuck_) log::error("nothing is saved for now: " + error.what);
  const bool first = !stuck_;
  stuck_ = true;
  store_trouble_ = error.what;
  if (first) publish_trouble();
}

void Core::end_turn() {
  if (stuck_) log::info("saving again");
  if (stuck_) state_changed_ = true;
  stuck_ = false;
  store_trouble_.clear();
  batch_ = {};
  keys_in_turn_.clear();
  const auto waiting = std::exchange(waiting_, {});
  for (const auto& done : waiting) done(Status());
  for (const outbox::Job& job : std::exchange(jobs_, {})) surroundings_.hand_out(job);
}

std::optional<Time> Core::next_due() const {
  std::optional<Time> due = ledger::next_elapsed(book_, plan_.rules);
  const auto sooner = [&due](std::optional<Time> other) {
    if (other) due = due ? std::min(*due, *other) : other;
  };
  if (const SnapshotPtr newest = board_.newest()) {
    sooner(announce::next_finding(memory_, plan_.habits, *newest, now_));
  }
  sooner(outbox_.next_due());
  return due;
}

Time Core::next_wake() const {
  Time wake = now_ + std::chrono::seconds(1);
  if (const auto due = next_due()) wake = std::min(wake, *due);
  if (figures_changed_) wake = std::min(wake, published_ + kFiguresEvery);
  return std::max(wake, now_ + kShortestNap);
}

std::vector<PostRef> Core::followed(const std::string& account, std::size_t most) const {
  std::vector<const FollowedPost*> here;
  for (const auto& [ref, post] : book_.followed) {
    if (ref.account == account && !post.deleted) here.push_back(&post);
  }
  std::sort(here.begin(), here.end(), [](const auto* a, const auto* b) { return a->at > b->at; });
  if (here.size() > most) here.resize(most);
  std::vector<PostRef> refs;
  for (const FollowedPost* post : here) refs.push_back(post->ref);
  return refs;
}

}  // namespace signalbox::app
