#include "app/lines/account_line.h"

#include <algorithm>
#include <utility>

#include "app/lines/ask.h"
#include "base/log.h"
#include "net/backoff.h"

namespace signalbox::app {

namespace {

constexpr Duration kLookAgainEvery =
    std::chrono::seconds(20);            // edits, deletions and replies of what is followed
constexpr std::size_t kLookAtMost = 40;  // posts a round

}  // namespace

void LimitsBook::note(const std::string& account, const Limits& limits) {
  const std::lock_guard lock(mutex_);
  limits_[account] = limits;
}

Limits LimitsBook::limits(const std::string& account) const {
  const std::lock_guard lock(mutex_);
  const auto found = limits_.find(account);
  return found == limits_.end() ? Limits{} : found->second;
}

AccountLine::AccountLine(std::string id, std::string cursor_of, Duration poll,
                         std::unique_ptr<connectors::Network> network, LineWorld world)
    : id_(std::move(id)),
      cursor_of_(std::move(cursor_of)),
      poll_(poll),
      network_(std::move(network)),
      world_(std::move(world)) {
  world_.limits.note(id_, network_->limits());
}

connectors::Task<std::optional<Duration>> AccountLine::turn() {
  const auto self = shared_from_this();
  Status status;
  if (!resumed_) {
    status = co_await recall_cursor();
    resumed_ = status.ok();
  }
  if (status) status = co_await read_on();
  if (status) status = co_await look_again();
  world_.limits.note(id_, network_->limits());
  co_return wait_after(status);
}

connectors::Task<Status> AccountLine::read_on() {
  for (bool more = true; more && !stopped_;) {
    auto fetched = co_await network_->fetch(cursor_);
    if (!fetched) co_return fetched.error();
    more = fetched->more;
    if (fetched->posts.empty() && fetched->cursor == cursor_ && failures_ == 0) continue;
    const std::string cursor = fetched->cursor;
    const Status kept = co_await hand_in(std::move(fetched->posts), cursor, !more);
    if (!kept) co_return kept;
    cursor_ = cursor;
  }
  co_return Status();
}

connectors::Task<Status> AccountLine::look_again() {
  const Time now = world_.clock.now();
  if (now - looked_again_ < std::max(kLookAgainEvery, poll_)) co_return Status();
  looked_again_ = now;
  const auto followed = std::make_shared<std::vector<PostRef>>();
  Status status = co_await list_followed(followed);
  if (!status || followed->empty()) co_return status;
  auto changed = co_await network_->revisit(*followed);
  if (!changed) co_return changed.error();
  auto replies = co_await network_->replies(*followed);
  if (!replies) co_return replies.error();
  std::move(replies->begin(), replies->end(), std::back_inserter(*changed));
  if (!changed->empty()) status = co_await hand_in(std::move(*changed), std::nullopt, false);
  co_return status;
}

// What is asked of the core is put together outside of coroutines: g++ 12 destroys a lambda that is
// a temporary of a co_await expression twice.
connectors::Task<Status> AccountLine::hand_in(std::vector<Post> posts,
                                              std::optional<std::string> cursor, bool caught_up) {
  Intake intake{id_, std::move(posts), std::nullopt, caught_up};
  if (cursor) intake.cursor = store::Cursor{cursor_of_, *cursor};
  return ask(world_.loop,
             [self = shared_from_this(), intake = std::move(intake)](Core& core, const Done& done) {
               if (self->stopped_) return done(unavailable("the account was reconfigured"));
               core.take_posts(intake, done);
             });
}

connectors::Task<Status> AccountLine::recall_cursor() {
  return ask(world_.loop, [self = shared_from_this()](Core& core, const Done& done) {
    const auto cursor = core.store().cursor(self->cursor_of_);
    if (cursor) self->cursor_ = cursor->value_or("");
    done(cursor ? Status() : Status(cursor.error()));
  });
}

connectors::Task<Status> AccountLine::list_followed(std::shared_ptr<std::vector<PostRef>> into) {
  return ask(world_.loop,
             [self = shared_from_this(), into = std::move(into)](Core& core, const Done& done) {
               *into = core.followed(self->id_, kLookAtMost);
               done(Status());
             });
}

std::optional<Duration> AccountLine::wait_after(const Status& status) {
  const std::string about = "account " + id_;
  if (status) {
    if (failures_ > 0) world_.loop.post([about](Core& core) { core.trouble_over(about); });
    failures_ = 0;
    return std::nullopt;
  }
  ++failures_;
  const Error& error = status.error();
  const bool staff_must_act =
      error.code == Error::Code::unauthorized || error.code == Error::Code::invalid;
  if (staff_must_act || failures_ == 3) {
    world_.loop.post([about, what = error.what](Core& core) { core.report_trouble(about, what); });
  } else {
    log::info(about + ": " + error.what);
  }
  return std::max(poll_, net::backoff(failures_, error, world_.random()));
}

connectors::Task<void> AccountLine::work_off(outbox::Job job) {
  const auto self = shared_from_this();
  outbox::Outcome outcome;
  if (job.what == outbox::Job::What::send) {
    outcome = outcome_of(job, co_await network_->say(job.delivery));
  } else {
    const Time since = job.delivery.created - std::chrono::minutes(5);
    outcome = outcome_of(job, co_await network_->find(job.delivery, since));
  }
  while (!world_.loop.post([outcome](Core& core) { core.settle(outcome); })) {
    if (stopped_) co_return;  // found again as `sending` at the next start, and looked for
    co_await world_.pause.wait(std::chrono::seconds(1));
  }
}

outbox::Outcome outcome_of(const outbox::Job& job, const Result<connectors::Said>& said) {
  if (!said)
    return outbox::failed(job, said.error(), said.error().what.starts_with(net::kNeverSent));
  outbox::Outcome outcome;
  outcome.delivery = job.delivery.id;
  outcome.what = job.what;
  outcome.end = outbox::Outcome::End::said;
  outcome.id = said->id;
  outcome.url = said->url;
  return outcome;
}

outbox::Outcome outcome_of(const outbox::Job& job,
                           const Result<std::optional<connectors::Said>>& found) {
  if (!found) return outbox::failed(job, found.error(), true);
  if (*found) return outcome_of(job, Result<connectors::Said>(**found));
  outbox::Outcome outcome;
  outcome.delivery = job.delivery.id;
  outcome.what = job.what;
  outcome.end = outbox::Outcome::End::not_found;
  return outcome;
}

}  // namespace signalbox::app
