// The graphite kind: good and total (or bad and total) targets, summed per interval.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "connectors/graphite/render.h"
#include "connectors/json.h"
#include "connectors/measuring.h"
#include "connectors/registry.h"
#include "connectors/sign_in.h"

namespace signalbox::connectors::graphite {
namespace {

using nlohmann::json;

/// What is asked about one service.
struct Pair {
  std::string service;
  std::string total;
  std::string part;  ///< good, or bad
  bool part_is_bad = false;
};

/// What is remembered about one service between polls.
struct Memory {
  std::optional<Time> at;  ///< the last instant that is done with
  bool part_seen = false;
};

std::string write_memories(const std::map<std::string, Memory>& memories) {
  json all = json::object();
  for (const auto& [service, memory] : memories) {
    all[service] = {{"part_seen", memory.part_seen}};
    if (memory.at) all[service]["at"] = memory.at->time_since_epoch().count();
  }
  return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::map<std::string, Memory> read_memories(std::string_view cursor) {
  const json all = json::parse(cursor, nullptr, false);
  std::map<std::string, Memory> memories;
  if (!all.is_object()) return memories;
  for (const auto& [service, one] : all.items()) {
    Memory& memory = memories[service];
    if (const long long at_ms = number_at(one, "at"); at_ms > 0) memory.at = Time(Duration(at_ms));
    memory.part_seen = flag_at(one, "part_seen");
  }
  return memories;
}

std::int64_t seconds(Time t) {
  return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
}

class Graphite final : public Meter {
 public:
  Graphite(const SourceSetup& setup, std::vector<Pair> pairs, Api api, const Clock& clock)
      : source_(setup.id),
        every_(setup.every),
        pairs_(std::move(pairs)),
        api_(std::move(api)),
        clock_(clock) {}

  Task<Result<Measured>> poll(std::string cursor) override;

 private:
  Task<Status> measure(const Pair& pair, Memory& memory, Measured& measured);
  std::optional<Judged> judge(const Pair& pair, const Target& total, const Target& part, Time at,
                              Memory& memory) const;

  std::string source_;
  Duration every_;
  std::vector<Pair> pairs_;
  Api api_;
  const Clock& clock_;
};

/// One service whose target is refused does not hold up the others; a server that does not answer
/// holds up all, and what was read before it fell silent is kept.
Task<Result<Measured>> Graphite::poll(std::string cursor) {
  auto memories = read_memories(cursor);
  Measured measured;
  for (const Pair& pair : pairs_) {
    const Status done = co_await measure(pair, memories[pair.service], measured);
    if (done) continue;
    const bool theirs_alone = done.error().code == Error::Code::invalid;
    if (!theirs_alone && measured.readings.empty()) co_return done.error();
    complain(measured, source_, pair.service, done.error().what);
    if (!theirs_alone) break;
  }
  std::ranges::stable_sort(measured.readings, {}, &Reading::instant);
  measured.cursor = write_memories(memories);
  co_return measured;
}

/// One request a target, for all instants that are due. Stops at the first that is not settled: it
/// is asked for again next time.
Task<Status> Graphite::measure(const Pair& pair, Memory& memory, Measured& measured) {
  const std::vector<Time> due = instants_due(memory.at, clock_.now(), every_, 3600);
  if (due.empty()) co_return Status();
  const std::int64_t from = seconds(due.front() - every_);
  const std::int64_t now = seconds(clock_.now());
  auto total = co_await api_.render(pair.total, from, now);
  if (!total) co_return total.error();
  auto part = co_await api_.render(pair.part, from, now);
  if (!part) co_return part.error();
  if (!memory.at) memory.at = due.front() - every_;  // so that what is pending now is asked again
  for (const Time at : due) {
    const auto judged = judge(pair, *total, *part, at, memory);
    if (!judged) {
      if (clock_.now() - at > std::max<Duration>(3 * every_, std::chrono::minutes(3))) {
        complain(measured, source_, pair.service, "no points for more than three intervals");
      }
      break;
    }
    memory.at = at;
    complain(measured, source_, pair.service, judged->complaint);
    if (!judged->counts) continue;
    Reading reading;
    reading.source = source_;
    reading.service = pair.service;
    reading.instant = at;
    reading.good = judged->counts->good;
    reading.total = judged->counts->total;
    measured.readings.push_back(std::move(reading));
  }
  co_return Status();
}

/// Nullopt while the points are not all written.
std::optional<Judged> Graphite::judge(const Pair& pair, const Target& total, const Target& part,
                                      Time at, Memory& memory) const {
  const std::int64_t from = seconds(at - every_);
  const std::int64_t patience = 2 * std::chrono::ceil<std::chrono::seconds>(every_).count();
  const Bucket all = count(total, from, seconds(at), patience);
  Bucket some = count(part, from, seconds(at), patience);
  using What = Bucket::What;
  // Long silent beside a total that went on: it ended, as one that was never there.
  if (some.what == What::pending && went_on(total, seconds(at) + patience)) some = Bucket{};
  const std::string name = pair.part_is_bad ? "bad" : "good";
  if (total.empty()) return Judged{{}, "total: Graphite knows no such metric: check the target"};
  if (all.what == What::pending || some.what == What::pending) return std::nullopt;
  if (clock_.now() - at < every_ && !reaches(total, seconds(at))) return std::nullopt;
  if (all.what == What::unknown) return Judged{{}, "total has a gap"};
  if (some.what == What::unknown) return Judged{{}, name + " has a gap"};
  if (all.what == What::absent) {
    return Judged{{}, "total has no point in the interval: is `every` shorter than its step?"};
  }
  const bool seen = memory.part_seen;
  memory.part_seen = seen || some.what == What::counted;
  std::optional<double> counted;
  if (some.what == What::counted) counted = some.number;
  if (!pair.part_is_bad) return judge_counts(counted, all.number, seen, every_);
  if (!counted && !seen && all.number > 0) {
    return Judged{{}, "bad never had a value: check the target, or write transformNull(…, 0)"};
  }
  if (counted && *counted < 0) return Judged{{}, "bad is negative"};
  return judge_counts(all.number - counted.value_or(0), all.number, seen, every_);
}

std::optional<Pair> read_pair(const Question& question, Duration every) {
  const Settings& asked = question.settings;
  const std::string good = asked.text("good");
  const std::string bad = asked.text("bad");
  asked.require("total");
  if (good.empty() == bad.empty()) {
    asked.refuse(bad.empty() ? "good" : "bad", "exactly one of good and bad is needed");
  }
  const std::string total = asked.text("total");
  if (total.empty() || (good.empty() && bad.empty())) return std::nullopt;
  return Pair{question.service, with_every(total, every),
              with_every(good.empty() ? bad : good, every), good.empty()};
}

std::unique_ptr<Meter> make(const SourceSetup& setup, World world) {
  std::vector<Pair> pairs;
  for (const Question& question : setup.questions) {
    if (auto pair = read_pair(question, setup.every)) pairs.push_back(std::move(*pair));
  }
  const std::string base =
      setup.base_url.empty() ? std::string("http://127.0.0.1:8080") : setup.base_url;
  const Duration timeout =
      std::clamp<Duration>(setup.every, std::chrono::seconds(2), std::chrono::seconds(10));
  Api api(base, sign_in(setup.settings), timeout, world);
  return std::make_unique<Graphite>(setup, std::move(pairs), std::move(api), world.clock);
}

}  // namespace

extern const MeterKind kKind;
const MeterKind kKind{"graphite", std::chrono::seconds(60), make};

}  // namespace signalbox::connectors::graphite
