// The prometheus kind: two queries a service and interval, or two raw counters.
#include <algorithm>
#include <utility>

#include "connectors/prometheus/api.h"
#include "connectors/prometheus/memory.h"
#include "connectors/query_source.h"
#include "connectors/registry.h"
#include "connectors/sign_in.h"

namespace signalbox::connectors::prometheus {
namespace {

class Prometheus final : public Queries {
 public:
  explicit Prometheus(Server server) : server_(std::move(server)) {}
  Task<Counted> ask(const Pair& pair, std::vector<Time> instants, std::string memory) override;

 private:
  Server server_;
};

Count of_values(const std::vector<Value>& part, const std::vector<Value>& total, Time instant) {
  Count count;
  count.instant = instant;
  count.part = sum(part);
  count.total = sum(total);
  return count;
}

Count of_growth(Memory& memory, const std::vector<Value>& part, const std::vector<Value>& total,
                Time instant) {
  const bool first = memory.total.last.empty();
  Count count;
  count.instant = instant;
  count.total = growth(memory.total, total, instant);
  count.part = growth(memory.part, part, instant);
  if (first && !total.empty()) count.what = Count::What::nothing;
  // The part's first series, at a time when total's are known, counts from 0 like any new one.
  if (!count.part && !part.empty()) count.part = std::min(*sum(part), count.total.value_or(0));
  return count;
}

/// Instant by instant, as raw samples must be; both answers come before anything is remembered.
Task<Counted> Prometheus::ask(const Pair& pair, std::vector<Time> instants, std::string memory) {
  Memory samples = read_memory(memory);
  Counted counted;
  for (const Time instant : instants) {
    const auto total = co_await query(server_, pair.total, instant);
    if (!total) {
      counted.ended = total.error();
      break;
    }
    const auto part = co_await query(server_, pair.part, instant);
    if (!part) {
      counted.ended = part.error();
      break;
    }
    counted.counts.push_back(pair.counters ? of_growth(samples, *part, *total, instant)
                                           : of_values(*part, *total, instant));
  }
  counted.memory = pair.counters ? write_memory(samples) : "";
  co_return counted;
}

std::unique_ptr<Meter> make(const SourceSetup& setup, World world) {
  Server server(setup, "http://127.0.0.1:9090", sign_in(setup.settings), world);
  Lateness lateness;
  lateness.no_total = "check the query, and that the interval holds at least two scrapes";
  return std::make_unique<QuerySource>(setup, read_pairs(setup, Counters::readable),
                                       std::make_unique<Prometheus>(std::move(server)),
                                       lateness_of(setup, lateness), world);
}

}  // namespace

extern const MeterKind kKind;
const MeterKind kKind{"prometheus", std::chrono::seconds(60), make};

}  // namespace signalbox::connectors::prometheus
