// The cloudwatch kind: requests and server errors of Amazon's load balancers.
#include <algorithm>
#include <utility>

#include "connectors/cloudwatch/api.h"
#include "connectors/query_source.h"
#include "connectors/registry.h"

namespace signalbox::connectors::cloudwatch {
namespace {

constexpr Duration kPeriod = std::chrono::minutes(1);

/// What was counted in one interval, from the metrics of a load balancer.
class Interval {
 public:
  Interval(const Metrics& metrics, Time instant) : metrics_(metrics), instant_(instant) {}

  /// Errors are only written when there were any.
  double bad() const {
    return of("HTTPCode_Target_5XX_Count") + of("HTTPCode_ELB_5XX_Count") +
           of("HTTPCode_Backend_5XX") + of("HTTPCode_ELB_5XX");
  }
  /// RequestCount leaves out what was refused before a target was chosen (500 and 503 of the load
  /// balancer itself). Nothing at all is no request, and no reading.
  std::optional<double> total() const {
    const bool any = known("RequestCount") || bad() > 0;
    if (!any) return std::nullopt;
    const double requests =
        of("RequestCount") + of("HTTPCode_ELB_500_Count") + of("HTTPCode_ELB_503_Count");
    return std::max(requests, bad());
  }

 private:
  bool known(const char* metric) const {
    const auto found = metrics_.find(metric);
    return found != metrics_.end() && found->second.contains(instant_);
  }
  double of(const char* metric) const {
    return known(metric) ? metrics_.at(metric).at(instant_) : 0;
  }

  const Metrics& metrics_;
  Time instant_;
};

/// Of a Pair, `total` names the load balancer and `part` the target group.
class CloudWatch final : public Queries {
 public:
  CloudWatch(Server server, net::AwsKeys keys, Duration every, Duration patience)
      : server_(std::move(server)), keys_(std::move(keys)), every_(every), patience_(patience) {}

  Task<Counted> ask(const Pair& pair, std::vector<Time> instants, std::string) override {
    Place place = place_of(pair.total, pair.part);
    Counted counted;
    const auto found = co_await metrics(server_, keys_, std::move(place), instants.front() - every_,
                                        instants.back(), every_);
    if (!found) {
      counted.ended = found.error();
      co_return counted;
    }
    Numbers total;
    Numbers bad;
    for (const Time instant : instants) {
      const Interval interval(*found, instant);
      if (const auto all = interval.total()) total[instant] = *all;
      if (interval.total()) bad[instant] = interval.bad();
    }
    counted.counts = counts_of(instants, total, bad, server_.now(), patience_);
    co_return counted;
  }

 private:
  Server server_;
  net::AwsKeys keys_;
  Duration every_;
  Duration patience_;
};

std::vector<Pair> balancers(const SourceSetup& setup) {
  std::vector<Pair> pairs;
  for (const Question& question : setup.questions) {
    question.settings.require("load_balancer");
    Pair pair;
    pair.service = question.service;
    pair.total = question.settings.text("load_balancer");
    pair.part = question.settings.text("target_group");
    pair.part_is_bad = true;
    pair.bad_may_be_absent = true;
    if (!pair.total.empty()) pairs.push_back(std::move(pair));
  }
  return pairs;
}

net::AwsKeys keys_of(const Settings& settings) {
  for (const char* key : {"region", "access_key", "secret_key"}) settings.require(key);
  return {settings.text("access_key"), settings.secret("secret_key"),
          settings.secret("session_token"), settings.text("region"), "monitoring"};
}

std::unique_ptr<Meter> make(const SourceSetup& setup, World world) {
  if (setup.every % kPeriod != Duration::zero()) {
    setup.settings.refuse("every", "must be whole minutes: Amazon counts by the minute");
  }
  net::AwsKeys keys = keys_of(setup.settings);
  Server server(setup, "https://monitoring." + keys.region + ".amazonaws.com", {}, world);
  Lateness late;
  late.delay = std::chrono::minutes(1);
  late.patience = 3 * setup.every + std::chrono::minutes(3);
  late.corrected = 10;
  late.backfilled = true;
  late.no_total = "no requests, or a misspelt load_balancer";
  return std::make_unique<QuerySource>(
      setup, balancers(setup),
      std::make_unique<CloudWatch>(std::move(server), std::move(keys), setup.every, late.patience),
      lateness_of(setup, late), world);
}

}  // namespace

extern const MeterKind kKind;
const MeterKind kKind{"cloudwatch", std::chrono::seconds(60), make, std::chrono::minutes(4)};

}  // namespace signalbox::connectors::cloudwatch
