#include "connectors/query_source.h"

#include <algorithm>
#include <utility>

namespace signalbox::connectors {
namespace {

constexpr Duration kBackfill = std::chrono::hours(1);
/// So many services that fail otherwise than by their own query end a poll: each may have taken as
/// long as a request may.
constexpr int kMostFailures = 2;

std::optional<double> number_at(const Numbers& numbers, Time instant) {
  const auto found = numbers.find(instant);
  if (found == numbers.end()) return std::nullopt;
  return found->second;
}

bool same(const Judged::Counts& a, const Judged::Counts& b) {
  return a.good == b.good && a.total == b.total;
}

bool of_all_services(const Error& error) {
  return error.code == Error::Code::rate_limited || error.code == Error::Code::unauthorized;
}

}  // namespace

std::vector<Count> counts_of(const std::vector<Time>& instants, const Numbers& total,
                             const Numbers& part, Time now, Duration patience) {
  std::vector<Count> counts;
  for (const Time instant : instants) {
    Count& count = counts.emplace_back();
    count.instant = instant;
    count.total = number_at(total, instant);
    count.part = number_at(part, instant);
    if (!count.total && now - instant < patience) count.what = Count::What::pending;
  }
  return counts;
}

Task<Counted> RangeQueries::ask(const Pair& pair, std::vector<Time> instants, std::string) {
  const Time from = instants.front() - every_;
  Counted counted;
  const auto total = co_await numbers(pair, pair.total, from, instants.back());
  if (!total) {
    counted.ended = total.error();
    co_return counted;
  }
  const auto part = co_await numbers(pair, pair.part, from, instants.back());
  if (part) {
    counted.counts = counts_of(instants, *total, *part, clock_.now(), patience_);
  } else {
    counted.ended = part.error();
  }
  co_return counted;
}

Lateness lateness_of(const SourceSetup& setup, Lateness usual) {
  usual.delay = setup.settings.duration("delay", usual.delay);
  if (usual.delay < Duration::zero() || usual.delay > kBackfill) {
    setup.settings.refuse("delay", "must be from 0s to 1h");
  }
  return usual;
}

QuerySource::QuerySource(const SourceSetup& setup, std::vector<Pair> pairs,
                         std::unique_ptr<Queries> queries, Lateness lateness, World world)
    : source_(setup.id),
      every_(setup.every),
      pairs_(std::move(pairs)),
      queries_(std::move(queries)),
      lateness_(lateness),
      world_(world) {}

Task<Result<Measured>> QuerySource::poll(std::string cursor) {
  if (const auto wait = resting()) co_return *wait;
  QueryMemories memories = read_query_memories(cursor);
  Measured measured;
  std::optional<Error> first;
  int failures = 0;
  bool answered = pairs_.empty();
  for (const Pair* pair : in_order()) {
    const Status done = co_await measure(*pair, memories[pair->service], measured);
    if (!done) complain(measured, source_, pair->service, done.error().what);
    if (note(pair->service, done)) {
      answered = true;
      continue;
    }
    if (!first) first = done.error();
    if (of_all_services(done.error()) || ++failures == kMostFailures) break;
  }
  if (first && !answered && measured.readings.empty()) co_return *first;
  std::ranges::stable_sort(measured.readings, {}, &Reading::instant);
  measured.cursor = write_query_memories(memories);
  co_return measured;
}

/// Those that failed the last time come last, so that they hold up nobody.
std::vector<const Pair*> QuerySource::in_order() const {
  std::vector<const Pair*> order;
  for (const Pair& pair : pairs_) {
    if (std::ranges::find(failing_, pair.service) == failing_.end()) order.push_back(&pair);
  }
  for (const std::string& service : failing_) {
    for (const Pair& pair : pairs_) {
      if (pair.service == service) order.push_back(&pair);
    }
  }
  return order;
}

/// Whether the server answered, if only by refusing the query.
bool QuerySource::note(const std::string& service, const Status& done) {
  std::erase(failing_, service);
  if (done || done.error().code == Error::Code::invalid) return true;
  failing_.push_back(service);
  if (const auto wait = done.error().retry_after) {
    rests_until_ = world_.clock.steady() + *wait;
  }
  return false;
}

std::optional<Error> QuerySource::resting() const {
  if (!rests_until_) return std::nullopt;
  const auto left = std::chrono::ceil<Duration>(*rests_until_ - world_.clock.steady());
  if (left <= Duration::zero()) return std::nullopt;
  return rate_limited(source_ + ": asked us to wait", left);
}

QuerySource::Wanted QuerySource::wanted(QueryMemory& memory) const {
  const Time now = world_.clock.now() - lateness_.delay;
  const auto due = instants_due(memory.at, now, every_, lateness_.at_once);
  const Time told_since = now - every_ * lateness_.corrected;
  memory.forget(now - kBackfill, told_since, now + kBackfill);
  Wanted wanted;
  wanted.due = {due.begin(), due.end()};
  std::set<Time> newer = wanted.due;
  if (!due.empty()) {
    for (const auto& [instant, counts] : memory.told) newer.insert(instant);
  }
  const Time oldest = newer.empty() ? now : *newer.begin();
  for (const Time instant : memory.open) {
    const bool is_recent = instant >= std::min(oldest, told_since);
    if (is_recent) newer.insert(instant);
    if (!is_recent) wanted.older.push_back(instant);
  }
  wanted.newer = {newer.begin(), newer.end()};
  return wanted;
}

Task<Status> QuerySource::measure(const Pair& pair, QueryMemory& memory, Measured& measured) {
  Wanted now = wanted(memory);
  if (!now.newer.empty()) {
    const Status done =
        co_await measure_some(pair, std::move(now.newer), now.due, memory, measured);
    if (!done) co_return done;
  }
  if (now.older.empty()) co_return Status();
  co_return co_await measure_some(pair, std::move(now.older), now.due, memory, measured);
}

Task<Status> QuerySource::measure_some(const Pair& pair, std::vector<Time> instants,
                                       const std::set<Time>& due, QueryMemory& memory,
                                       Measured& measured) {
  const Counted counted = co_await queries_->ask(pair, std::move(instants), memory.own);
  memory.own = counted.memory;
  for (const Count& count : counted.counts) {
    take(pair, count, due.contains(count.instant), memory, measured);
  }
  co_return counted.ended;
}

void QuerySource::take(const Pair& pair, const Count& count, bool is_due, QueryMemory& memory,
                       Measured& measured) const {
  if (is_due) memory.at = count.instant;
  if (count.what == Count::What::nothing) return;
  if (count.what == Count::What::pending) {
    leave_open(count, memory);
    const Duration age = world_.clock.now() - lateness_.delay - count.instant;
    if (age > std::max<Duration>({3 * every_, std::chrono::minutes(3), lateness_.patience})) {
      complain(measured, source_, pair.service, "no points for more than three intervals");
    }
    return;
  }
  const bool seen = std::exchange(memory.part_seen, memory.part_seen || count.part.has_value());
  const Judged judged = !count.complaint.empty() ? Judged{{}, count.complaint}
                                                 : judge_pair(pair, count.part, count.total, seen,
                                                              every_, lateness_.no_total);
  if (!judged.counts) {
    if (is_due || just_given_up(count)) {
      complain(measured, source_, pair.service, judged.complaint);
    }
    return leave_open(count, memory);
  }
  memory.open.erase(count.instant);
  const auto told = memory.told.find(count.instant);
  if (told != memory.told.end() && same(told->second, *judged.counts)) return;
  if (lateness_.corrected > 0) memory.told[count.instant] = *judged.counts;
  Reading reading;
  reading.source = source_;
  reading.service = pair.service;
  reading.instant = count.instant;
  reading.good = judged.counts->good;
  reading.total = judged.counts->total;
  measured.readings.push_back(std::move(reading));
}

bool QuerySource::just_given_up(const Count& count) const {
  const Duration age = world_.clock.now() - lateness_.delay - count.instant;
  return age >= lateness_.patience && age < lateness_.patience + every_;
}

void QuerySource::leave_open(const Count& count, QueryMemory& memory) const {
  if (lateness_.backfilled && !memory.told.contains(count.instant)) {
    memory.open.insert(count.instant);
  }
}

}  // namespace signalbox::connectors
