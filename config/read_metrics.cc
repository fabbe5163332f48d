#include <algorithm>
#include <utility>

#include "config/sections.h"

namespace signalbox::config {
namespace {

ServiceEntry* service_named(const std::string& id, Config& config) {
  const auto found = std::ranges::find_if(
      config.services, [&](const ServiceEntry& entry) { return entry.service.id == id; });
  return found == config.services.end() ? nullptr : &*found;
}

/// What the page shows of one that is drawn.
void read_drawn(Fields& fields, MetricEntry& metric) {
  constexpr std::size_t kMostName = 80;
  constexpr std::size_t kMostUnit = 16;
  using Kind = MetricEntry::Kind;
  metric.name = fields.text("name").value_or("");
  metric.unit = fields.text("unit").value_or("");
  const bool drawn = metric.kind == Kind::percent || metric.kind == Kind::value;
  if (!drawn && !metric.name.empty()) fields.refuse("name", "is for metrics that are drawn");
  if (!drawn && !metric.unit.empty()) fields.refuse("unit", "is for metrics that are drawn");
  if (metric.name.size() > kMostName) fields.refuse("name", "must be at most 80 bytes");
  if (metric.unit.size() > kMostUnit) fields.refuse("unit", "must be at most 16 bytes");
}

MetricEntry read_metric(NodePtr node, Config& config, Mistakes& mistakes) {
  Fields fields(std::move(node), "a metric", mistakes);
  MetricEntry metric;
  metric.place = fields.place("id");
  metric.id = fields.id();
  metric.service = fields.required("service");
  using Kind = MetricEntry::Kind;
  if (!fields.find("kind")) fields.required("kind");
  metric.kind = fields
                    .choice<Kind>("kind", {{"good", Kind::good},
                                           {"total", Kind::total},
                                           {"percent", Kind::percent},
                                           {"value", Kind::value}})
                    .value_or(Kind::value);
  refuse_twice(config.metrics, metric.id, fields);
  read_drawn(fields, metric);
  if (!metric.service.empty() && service_named(metric.service, config) == nullptr)
    fields.refuse("service", "names `" + metric.service + "`, which is not in `services`");
  fields.refuse_rest();
  return metric;
}

/// Good and total come in pairs: one alone says nothing of a service.
void judge_pairs(Config& config, Mistakes& mistakes) {
  using Kind = MetricEntry::Kind;
  const auto count = [&](const std::string& service, Kind kind) {
    return std::ranges::count_if(config.metrics, [&](const MetricEntry& other) {
      return other.service == service && other.kind == kind;
    });
  };
  for (const MetricEntry& metric : config.metrics) {
    if (metric.kind != Kind::good && metric.kind != Kind::total) continue;
    const auto good = count(metric.service, Kind::good);
    const auto total = count(metric.service, Kind::total);
    ServiceEntry* entry = service_named(metric.service, config);
    if (good == 1 && total == 1 && entry != nullptr) {
      entry->service.measured = true;
    } else if (entry != nullptr) {
      mistakes.add(metric.place, "`" + metric.service +
                                     "` needs exactly one metric of kind good and one of kind "
                                     "total: only together are they readings");
    }
  }
}

}  // namespace

void read_metrics(Fields& file, Config& config, Mistakes& mistakes) {
  for (const auto& node : items(file, "metrics")) {
    auto metric = read_metric(node, config, mistakes);
    config.metrics.push_back(std::move(metric));
  }
  judge_pairs(config, mistakes);
  Fields push(file.find("push"), "push", mistakes);
  const Values values = settings_of(push, &config.directory, mistakes);
  for (const auto& [key, value] : values) {
    if (key == "token") {
      config.push_token = Secret(value.scalar);
      if (value.scalar.empty())
        mistakes.add(
            value.key,
            "`token` must not be empty; without `push` scripts use the control plane's token");
    } else {
      mistakes.add(value.key, "unknown key `" + key + "`; `push` has only `token`");
    }
  }
}

}  // namespace signalbox::config
