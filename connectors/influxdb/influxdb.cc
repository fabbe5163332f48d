// The influxdb kind: with `database`, InfluxQL of 1.x; with `org`, Flux of 2.x.
#include <algorithm>
#include <utility>

#include "connectors/influxdb/flux.h"
#include "connectors/influxdb/influxql.h"
#include "connectors/query_source.h"
#include "connectors/registry.h"
#include "connectors/server.h"
#include "connectors/sign_in.h"

namespace signalbox::connectors::influxdb {
namespace {

constexpr std::string_view kUsualUrl = "http://127.0.0.1:8086";

/// 1.x. One statement a request: of two, the server does not say what is wrong with the first.
class Influxql final : public RangeQueries {
 public:
  Influxql(Server server, net::Parameters place, Duration every, Duration patience, World world)
      : RangeQueries(every, patience, world.clock),
        server_(std::move(server)),
        place_(std::move(place)) {}

 private:
  Task<Result<Numbers>> numbers(const Pair&, const std::string& query, Time from,
                                Time until) override {
    net::Parameters asked = place_;
    asked.emplace_back("epoch", "ms");
    asked.emplace_back("q", with_time(query, from, until));
    auto body = co_await server_.ask(server_.get("/query", asked), "influxdb: query");
    if (!body) co_return body.error();
    co_return read_sums(*body, every());
  }

  Server server_;
  net::Parameters place_;
};

/// 2.x.
class Flux final : public RangeQueries {
 public:
  Flux(Server server, std::string org, Duration every, Duration patience, World world)
      : RangeQueries(every, patience, world.clock),
        server_(std::move(server)),
        org_(std::move(org)) {}

 private:
  Task<Result<Numbers>> numbers(const Pair&, const std::string& query, Time from,
                                Time until) override {
    const net::Parameters place{{"org", org_}};
    net::Request request = server_.get("/api/v2/query", place);
    request.method = "POST";
    request.headers.emplace_back("Content-Type", "application/vnd.flux");
    request.headers.emplace_back("Accept", "application/csv");
    request.body = with_range(query, from, until);
    auto body = co_await server_.ask(std::move(request), "influxdb: flux");
    if (!body) co_return body.error();
    co_return read_tables(*body, every());
  }

  Server server_;
  std::string org_;
};

using Ready = Result<std::string> (*)(std::string_view written, Duration every);

/// The pairs that can be asked; what is wrong with the others is noted at its key.
std::vector<Pair> ready_pairs(const SourceSetup& setup, Ready ready) {
  std::vector<Pair> pairs;
  for (const Question& question : setup.questions) {
    auto pair = read_pair(question, setup.every, Counters::none);
    if (!pair) continue;
    const auto total = ready(pair->total, setup.every);
    const auto part = ready(pair->part, setup.every);
    if (!total) question.settings.refuse("total", total.error().what);
    if (!part) question.settings.refuse(pair->part_is_bad ? "bad" : "good", part.error().what);
    if (!total || !part) continue;
    pair->total = *total;
    pair->part = *part;
    pairs.push_back(std::move(*pair));
  }
  return pairs;
}

Lateness lateness(const SourceSetup& setup) {
  Lateness late;
  late.patience = std::max<Duration>(3 * setup.every, std::chrono::minutes(3));
  late.corrected = 5;
  late.backfilled = true;
  late.at_once = 3600;
  return lateness_of(setup, late);
}

std::unique_ptr<Queries> influxql(const SourceSetup& setup, World world, Duration patience) {
  const Settings& settings = setup.settings;
  settings.require("database");
  net::Parameters place{{"db", settings.text("database")}};
  const std::string policy = settings.text("retention_policy");
  if (!policy.empty()) place.emplace_back("rp", policy);
  Server server(setup, kUsualUrl, sign_in(settings), world);
  return std::make_unique<Influxql>(std::move(server), std::move(place), setup.every, patience,
                                    world);
}

std::unique_ptr<Queries> flux(const SourceSetup& setup, World world, Duration patience) {
  const Settings& settings = setup.settings;
  settings.require("token");
  if (!settings.text("database").empty()) {
    settings.refuse("database", "either database (InfluxDB 1.x), or org and token (2.x)");
  }
  net::Headers sign_in{{"Authorization", "Token " + settings.secret("token").reveal()}};
  Server server(setup, kUsualUrl, std::move(sign_in), world);
  return std::make_unique<Flux>(std::move(server), settings.text("org"), setup.every, patience,
                                world);
}

std::unique_ptr<Meter> make(const SourceSetup& setup, World world) {
  const bool second = !setup.settings.text("org").empty();
  const Lateness late = lateness(setup);
  return std::make_unique<QuerySource>(
      setup, ready_pairs(setup, second ? ready_flux : ready_statement),
      second ? flux(setup, world, late.patience) : influxql(setup, world, late.patience), late,
      world);
}

}  // namespace

extern const MeterKind kKind;
const MeterKind kKind{"influxdb", std::chrono::seconds(60), make};

}  // namespace signalbox::connectors::influxdb
