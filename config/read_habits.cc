#include "config/address.h"
#include "config/sections.h"

namespace signalbox::config {
namespace {

constexpr int kMany = 1'000'000;

void read_proxies(Fields& fields, Config::Limits& limits) {
  auto proxies = fields.list("trusted_proxies");
  if (!proxies) return;
  for (const auto& proxy : *proxies) {
    if (is_network(proxy)) continue;
    fields.refuse("trusted_proxies", "must hold IP addresses or networks such as 10.0.0.0/8");
    return;
  }
  limits.trusted_proxies = std::move(*proxies);
}

void read_limits(Fields& file, Config& config, Mistakes& mistakes) {
  Fields limits(file.find("limits"), "limits", mistakes);
  auto& to = config.limits;
  to.per_address = limits.whole("per_address", 1, kMany).value_or(to.per_address);
  to.connections = limits.whole("connections", 1, kMany).value_or(to.connections);
  read_proxies(limits, to);
  limits.refuse_rest();
}

}  // namespace

void read_habits(Fields& file, Config& config, Mistakes& mistakes) {
  Fields safety(file.find("safety"), "safety", mistakes);
  config.safety_changes = safety.whole("changes", 1, kMany).value_or(config.safety_changes);
  config.safety_within = safety.duration("within", kLeastInterval).value_or(config.safety_within);
  safety.refuse_rest();

  Fields alerts(file.find("alerts"), "alerts", mistakes);
  config.group_wait = alerts.duration("group_wait", kLeastInterval).value_or(config.group_wait);
  alerts.refuse_rest();

  read_limits(file, config, mistakes);
  config.heartbeat = file.url("heartbeat", {"http", "https"}, Fields::Url::exact);
  config.figures_counts =
      file.choice<bool>("figures", {{"counts", true}, {"percent", false}}).value_or(true);
  config.log_json = file.choice<bool>("log", {{"text", false}, {"json", true}}).value_or(false);
}

}  // namespace signalbox::config
