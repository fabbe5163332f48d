// The prometheus kind: two queries a service and interval, or two raw counters.
#include <algorithm>
#include <utility>

#include "connectors/measuring.h"
#include "connectors/prometheus/api.h"
#include "connectors/prometheus/memory.h"
#include "connectors/registry.h"
#include "connectors/sign_in.h"

namespace signalbox::connectors::prometheus {
namespace {

/// What is asked about one service.
struct Pair {
  std::string service;
  std::string good;
  std::string total;
  bool counters = false;  ///< raw samples: deltas and resets are ours
};

class Prometheus final : public Meter {
 public:
  Prometheus(const SourceSetup& setup, std::vector<Pair> pairs, Api api, const Clock& clock)
      : source_(setup.id),
        every_(setup.every),
        pairs_(std::move(pairs)),
        api_(std::move(api)),
        clock_(clock) {}

  Task<Result<Measured>> poll(std::string cursor) override;

 private:
  Task<Status> measure(const Pair& pair, Memory& memory, Measured& measured);
  Task<Result<Judged>> measure_at(const Pair& pair, Memory& memory, Time at);

  std::string source_;
  Duration every_;
  std::vector<Pair> pairs_;
  Api api_;
  const Clock& clock_;
};

/// One service whose query is refused does not hold up the others; a server that does not answer
/// holds up all, and what was read before it fell silent is kept.
Task<Result<Measured>> Prometheus::poll(std::string cursor) {
  Memories memories = read_memories(cursor);
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

Task<Status> Prometheus::measure(const Pair& pair, Memory& memory, Measured& measured) {
  for (const Time at : instants_due(memory.at, clock_.now(), every_)) {
    auto judged = co_await measure_at(pair, memory, at);
    if (!judged) co_return judged.error();
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

/// Both answers come before anything is remembered: an instant is done with as a whole.
Task<Result<Judged>> Prometheus::measure_at(const Pair& pair, Memory& memory, Time at) {
  auto total = co_await api_.query(pair.total, at);
  if (!total) co_return total.error();
  auto good = co_await api_.query(pair.good, at);
  if (!good) co_return good.error();
  const bool good_seen = std::exchange(memory.good_seen, memory.good_seen || !good->empty());
  if (!pair.counters) co_return judge_counts(sum(*good), sum(*total), good_seen, every_);
  const bool first = memory.total.last.empty();
  const auto total_growth = growth(memory.total, *total, at);
  auto good_growth = growth(memory.good, *good, at);
  if (first && !total->empty()) co_return Judged{};
  // Good's first series, at a time when total's are known, counts from 0 like any new one.
  if (!good_growth && !good->empty()) good_growth = std::min(*sum(*good), total_growth.value_or(0));
  co_return judge_counts(good_growth, total_growth, good_seen, every_);
}

std::optional<Pair> read_pair(const Question& question, Duration every) {
  const Settings& asked = question.settings;
  Pair pair{question.service, asked.text("good"), asked.text("total"), false};
  const std::string good_counter = asked.text("good_counter");
  const std::string total_counter = asked.text("total_counter");
  if (!good_counter.empty() || !total_counter.empty()) {
    if (!pair.good.empty() || !pair.total.empty()) {
      asked.refuse("good_counter", "either good and total, or good_counter and total_counter");
    }
    asked.require("good_counter");
    asked.require("total_counter");
    pair = {question.service, good_counter, total_counter, true};
  } else {
    asked.require("good");
    asked.require("total");
  }
  if (pair.good.empty() || pair.total.empty()) return std::nullopt;
  pair.good = with_every(std::move(pair.good), every);
  pair.total = with_every(std::move(pair.total), every);
  return pair;
}

std::unique_ptr<Meter> make(const SourceSetup& setup, World world) {
  std::vector<Pair> pairs;
  for (const Question& question : setup.questions) {
    if (auto pair = read_pair(question, setup.every)) pairs.push_back(std::move(*pair));
  }
  const std::string base =
      setup.base_url.empty() ? std::string("http://127.0.0.1:9090") : setup.base_url;
  const Duration timeout =
      std::clamp<Duration>(setup.every, std::chrono::seconds(2), std::chrono::seconds(10));
  Api api(base, sign_in(setup.settings), timeout, world);
  return std::make_unique<Prometheus>(setup, std::move(pairs), std::move(api), world.clock);
}

}  // namespace

extern const MeterKind kKind;
const MeterKind kKind{"prometheus", std::chrono::seconds(60), make};

}  // namespace signalbox::connectors::prometheus
