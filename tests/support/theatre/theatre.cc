#include "tests/support/theatre/theatre.h"

#include <algorithm>
#include <utility>

#include "app/lines/account_line.h"
#include "base/check.h"
#include "board/board.h"
#include "store/open.h"
#include "tests/support/run.h"

namespace signalbox::testing {

namespace {

constexpr Duration kEvery = std::chrono::seconds(10);
constexpr const char* kLocal = "local";

double chance(std::mt19937_64& from) { return std::uniform_real_distribution<double>(0, 1)(from); }

}  // namespace

Theatre::Theatre(const std::vector<std::string>& services, const std::vector<std::string>& measured,
                 const std::vector<Part>& parts, const std::string& store_url) {
  for (const std::string& id : services) {
    Service service;
    service.id = service.name = id;
    service.measured = std::find(measured.begin(), measured.end(), id) != measured.end();
    if (service.measured) plan_.intervals[id] = kEvery;
    plan_.services.push_back(service);
  }
  AccountPolicy local;
  local.id = local.kind = kLocal;
  local.label = "local";
  plan_.accounts.push_back(local);
  plan_.rules.accounts[kLocal] = local;
  plan_.local_account = kLocal;
  for (const Part& part : parts) add_player(part);
  plan_.lexicon = grammar::Lexicon(plan_.services, Zone(), {"status"});
  store_ = std::move(store::open(store_url)).value();
  raise_core();
}

Theatre::~Theatre() = default;

void Theatre::add_player(const Part& part) {
  const connectors::NetworkKind* kind = connectors::network_kind(part.kind);
  check(kind != nullptr, "a kind of network that connectors.def knows");
  Player player;
  player.part = part;
  player.stage = make_stage(part.kind, clock_);
  player.http = std::make_unique<FakeHttp>(*player.stage);
  player.pause = std::make_unique<FakePause>(clock_);
  if (part.mentions) player.stage->reads_mentions();
  auto setup = player.stage->setup("http://stage.example");
  setup.id = part.id;
  player.network = kind->make(setup, {*player.http, *player.pause, clock_});
  AccountPolicy policy = kind->defaults;
  policy.id = part.id;
  policy.kind = part.kind;
  policy.label = std::string(kind->label);
  policy.authors = Authors::listed;
  policy.author_ids = {player.stage->allowed_author()};
  if (part.mentions) policy.author_ids.push_back(player.stage->colleague());
  policy.notices = Notices::always;
  policy.announce = part.announce;
  policy.staff = part.staff;
  plan_.accounts.push_back(policy);
  plan_.rules.accounts[part.id] = policy;
  players_.emplace(part.id, std::move(player));
}

void Theatre::raise_core() {
  board_ = std::make_unique<board::Board>();
  jobs_.clear();
  core_ = std::make_unique<app::Core>(*store_, clock_, *board_, *this, plan_);
  check(core_->start().ok(), "the core starts");
  for (auto& [id, player] : players_) player.cursor = store_->cursor(id).value().value_or("");
}

void Theatre::crash() { raise_core(); }

void Theatre::crash_sometimes(double probability, unsigned seed) {
  crash_probability_ = probability;
  fate_.seed(seed);
}

void Theatre::lose_answers(const std::string& account, double probability, unsigned seed) {
  players_.at(account).lose = probability;
  wire_.seed(seed);
}

bool Theatre::dies() {
  if (crash_probability_ <= 0 || chance(fate_) >= crash_probability_) return false;
  crash();
  return true;
}

Limits Theatre::limits(const std::string& account) {
  const auto found = players_.find(account);
  return found == players_.end() ? Limits{} : found->second.network->limits();
}

std::vector<std::string> Theatre::said(const std::string& account) {
  std::vector<std::string> texts;
  for (const Heard& heard : stage(account).heard()) texts.push_back(heard.text);
  return texts;
}

std::size_t Theatre::said_with(const std::string& account, const std::string& text) {
  const auto all = said(account);
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(),
                    [&](const std::string& said) { return said.find(text) != std::string::npos; }));
}

State Theatre::state(const std::string& service) const {
  for (const ServiceView& view : board()->services) {
    if (view.id == service) return view.state;
  }
  check(false, "a service that is on the board");
  return State::unknown;
}

void Theatre::measure(const std::string& service, double percent_good, double total) {
  feeds_[service] = {percent_good, total};
}

void Theatre::pass(Duration length) {
  for (const Time end = clock_.now() + length; clock_.now() < end;) {
    clock_.advance(std::chrono::seconds(1));
    feed_sources();
    for (auto& [id, player] : players_) {
      if (clock_.now() - player.polled >= kEvery) poll(player);
    }
    core_->tick();
    core_->commit();
    work_off_jobs();
  }
}

void Theatre::poll_all() {
  for (auto& [id, player] : players_) poll(player);
  core_->commit();
  work_off_jobs();
}

std::string Theatre::say(const std::string& text, const std::string& key) {
  std::string json;
  core_->say(text, key, [&json](const Result<app::PostOutcome>& outcome) {
    json = outcome ? outcome->json : "error: " + outcome.error().what;
  });
  core_->commit();
  work_off_jobs();
  return json;
}

void Theatre::feed_sources() {
  if (clock_.now() - fed_ < kEvery) return;
  fed_ = clock_.now();
  connectors::Measured measured;
  for (const auto& [service, feed] : feeds_) {
    if (feed.percent < 0) continue;
    Reading reading;
    reading.source = "source";
    reading.service = service;
    reading.instant = clock_.now();
    reading.good = feed.total * feed.percent / 100;
    reading.total = feed.total;
    measured.readings.push_back(reading);
  }
  core_->take_readings("source", measured, std::nullopt, [](const Status&) {});
}

void Theatre::poll(Player& player) {
  player.polled = clock_.now();
  for (bool more = true; more;) {
    auto fetched = run(player.network->fetch(player.cursor));
    if (!fetched) return;
    more = fetched->more;
    hand_in(player, std::move(fetched->posts), fetched->cursor, !more);
  }
  if (clock_.now() - player.looked >= 2 * kEvery) look_again(player);
}

void Theatre::look_again(Player& player) {
  player.looked = clock_.now();
  const auto followed = core_->followed(player.part.id, 40);
  if (followed.empty()) return;
  for (auto again :
       {run(player.network->revisit(followed)), run(player.network->replies(followed))}) {
    if (again && !again->empty()) hand_in(player, std::move(*again), std::nullopt, false);
  }
}

void Theatre::hand_in(Player& player, std::vector<Post> posts, std::optional<std::string> cursor,
                      bool caught_up) {
  app::Intake intake{player.part.id, std::move(posts), std::nullopt, caught_up};
  if (cursor) intake.cursor = store::Cursor{player.part.id, *cursor};
  bool kept = false;
  core_->take_posts(std::move(intake), [&kept](const Status& status) { kept = status.ok(); });
  if (dies()) return;
  core_->commit();
  if (dies()) return;
  if (kept && cursor) player.cursor = *cursor;
}

void Theatre::work_off_jobs() {
  while (!jobs_.empty()) {
    const outbox::Job job = jobs_.front();
    jobs_.pop_front();
    if (dies()) return;
    const outbox::Outcome outcome = play(job);
    if (dies()) return;
    core_->settle(outcome);
    if (dies()) return;
    core_->commit();
  }
}

outbox::Outcome Theatre::play(const outbox::Job& job) {
  const auto found = players_.find(job.delivery.account);
  if (found == players_.end()) {
    return app::outcome_of(job, Result<connectors::Said>(connectors::Said{job.delivery.id, ""}));
  }
  Player& player = found->second;
  if (job.what == outbox::Job::What::send) {
    if (player.lose > 0 && chance(wire_) < player.lose) player.stage->loses_the_answer();
    return app::outcome_of(job, run(player.network->say(job.delivery)));
  }
  return app::outcome_of(
      job, run(player.network->find(job.delivery, job.delivery.created - std::chrono::minutes(5))));
}

}  // namespace signalbox::testing
