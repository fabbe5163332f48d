// The graphite kind: a total target and one of its good or bad part, summed per interval.
#include <algorithm>
#include <utility>

#include "connectors/graphite/render.h"
#include "connectors/query_source.h"
#include "connectors/registry.h"
#include "connectors/sign_in.h"

namespace signalbox::connectors::graphite {
namespace {

std::int64_t seconds(Time t) {
  return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
}

class Graphite final : public Queries {
 public:
  Graphite(Server server, Duration every) : server_(std::move(server)), every_(every) {}
  Task<Counted> ask(const Pair& pair, std::vector<Time> instants, std::string memory) override;

 private:
  Count at(const Pair& pair, const Target& total, const Target& part, Time instant) const;
  static std::string gaps(const Pair& pair, const Bucket& all, const Bucket& some);

  Server server_;
  Duration every_;
};

/// One request a target, for all instants. Raw counters are asked from further back, for the number
/// to compare the first with.
Task<Counted> Graphite::ask(const Pair& pair, std::vector<Time> instants, std::string) {
  const Duration before = pair.counters ? every_ + std::chrono::minutes(5) : every_;
  const std::int64_t from = seconds(instants.front() - before);
  const std::int64_t until =
      std::min(seconds(server_.now()), seconds(instants.back() + 5 * every_));
  Counted counted;
  const auto total = co_await render(server_, pair.total, from, until);
  if (!total) {
    counted.ended = total.error();
    co_return counted;
  }
  const auto part = co_await render(server_, pair.part, from, until);
  if (!part) {
    counted.ended = part.error();
    co_return counted;
  }
  for (const Time instant : instants) counted.counts.push_back(at(pair, *total, *part, instant));
  co_return counted;
}

Count Graphite::at(const Pair& pair, const Target& total, const Target& part, Time instant) const {
  using What = Bucket::What;
  const std::int64_t from = seconds(instant - every_);
  const std::int64_t to = seconds(instant);
  const std::int64_t patience = 2 * std::chrono::ceil<std::chrono::seconds>(every_).count();
  const auto in = pair.counters ? &grown : &count;
  const Bucket all = in(total, from, to, patience);
  Bucket some = in(part, from, to, patience);
  // Long silent beside a total that went on: it ended, as one that was never there.
  if (some.what == What::pending && went_on(total, to + patience)) some = Bucket{};
  Count said;
  said.instant = instant;
  if (all.what == What::counted) said.total = all.number;
  if (some.what == What::counted) said.part = some.number;
  const bool behind = server_.now() - instant < every_ && !reaches(total, to);
  if (total.empty()) {
    said.complaint = "total: Graphite knows no such metric: check the target";
  } else if (all.what == What::pending || some.what == What::pending || behind) {
    said.what = Count::What::pending;
  } else if (pair.counters && all.what == What::absent) {
    said.what = Count::What::nothing;
  } else {
    said.complaint = gaps(pair, all, some);
  }
  return said;
}

std::string Graphite::gaps(const Pair& pair, const Bucket& all, const Bucket& some) {
  using What = Bucket::What;
  if (all.what == What::unknown) return "total has a gap";
  if (some.what == What::unknown) return pair.part_is_bad ? "bad has a gap" : "good has a gap";
  if (all.what == What::absent) {
    return "total has no point in the interval: is `every` shorter than its step?";
  }
  return "";
}

std::unique_ptr<Meter> make(const SourceSetup& setup, World world) {
  Server server(setup, "http://127.0.0.1:8080", sign_in(setup.settings), world);
  Lateness lateness;
  lateness.corrected = 5;
  lateness.backfilled = true;
  lateness.at_once = 3600;
  return std::make_unique<QuerySource>(setup, read_pairs(setup, Counters::readable),
                                       std::make_unique<Graphite>(std::move(server), setup.every),
                                       lateness_of(setup, lateness), world);
}

}  // namespace

extern const MeterKind kKind;
const MeterKind kKind{"graphite", std::chrono::seconds(60), make};

}  // namespace signalbox::connectors::graphite
