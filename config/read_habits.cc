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

/// Each of them at least as long as the one before, and long enough for verdicts and for what the
/// page shows.
void read_retention(Fields& file, Config& config, Mistakes& mistakes) {
  using std::chrono::days;
  using std::chrono::hours;
  constexpr Duration kLongest = days(3660);
  Fields fields(file.find("retention"), "retention", mistakes);
  auto& to = config.retention;
  to.readings = fields.duration("readings", hours(3), kLongest).value_or(to.readings);
  to.minutes =
      fields.duration("minutes", hours(3), kLongest).value_or(std::max(to.minutes, to.readings));
  to.hours = fields.duration("hours", hours(48), kLongest).value_or(std::max(to.hours, to.minutes));
  const auto forever = fields.find("days");
  if (!forever || forever->text != "forever") to.days = fields.duration("days", days(92), kLongest);
  const Duration last = to.days.value_or(Duration::max());
  if (to.minutes < to.readings)
    fields.refuse("minutes", "must not be shorter than `readings` (2d unless said)");
  if (to.hours < to.minutes)
    fields.refuse("hours", "must not be shorter than `minutes` (14d unless said)");
  if (last < to.hours) fields.refuse("days", "must not be shorter than `hours` (400d unless said)");
  fields.refuse_rest();
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
  read_retention(file, config, mistakes);
  config.heartbeat = file.url("heartbeat", {"http", "https"}, Fields::Url::exact);
  if (const auto log = file.text("access_log")) {
    config.access_log = *log == "stderr" ? *log : resolved(config.directory, *log);
  }
  config.figures_counts =
      file.choice<bool>("figures", {{"counts", true}, {"percent", false}}).value_or(true);
  config.log_json = file.choice<bool>("log", {{"text", false}, {"json", true}}).value_or(false);
}

}  // namespace signalbox::config
