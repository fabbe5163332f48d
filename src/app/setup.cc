#include "app/setup.h"

#include <algorithm>
#include <map>

#include "app/page_parts.h"
#include "base/hash.h"
#include "base/text.h"

namespace signalbox::app {
namespace {

connectors::Settings settings_from(const config::Values& values) {
  std::map<std::string, connectors::Setting> settings;
  for (const auto& [key, value] : values) {
    settings[key] = {value.scalar, value.list, value.line, value.column};
  }
  return connectors::Settings(std::move(settings));
}

/// Values without their places, as one text to compare.
std::string flat(const config::Values& values) {
  std::string text;
  for (const auto& [key, value] : values) {
    text += key + '\0' + value.scalar + '\0';
    for (const auto& item : value.list) text += item + '\0';
    text += '\n';
  }
  return text;
}

/// What on the far side an account reads: with another one its cursor means nothing.
std::string far_side(const config::Values& settings) {
  for (const std::string key : {"channel", "account", "user"}) {
    const auto found = settings.find(key);
    if (found != settings.end() && !found->second.secret) return found->second.scalar;
  }
  return "";
}

AccountPolicy policy_of(const config::AccountEntry& account, const connectors::NetworkKind& kind) {
  AccountPolicy policy = kind.defaults;
  policy.id = account.id;
  policy.kind = account.kind;
  policy.label = std::string(kind.label);
  if (account.members) policy.authors = Authors::members;
  if (account.authors) policy.authors = Authors::listed;
  policy.author_ids = account.authors.value_or(std::vector<std::string>{});
  const std::string own_id = far_side(account.settings);
  if (policy.authors == Authors::itself && !own_id.empty()) policy.author_ids = {own_id};
  policy.author_names = account.author_names;
  policy.announce = account.announce.value_or(policy.announce);
  policy.staff = account.staff.value_or(policy.staff);
  policy.link_public = account.link_public.value_or(policy.link_public);
  policy.thread_replies = account.thread_replies.value_or(policy.thread_replies);
  policy.notices = account.notices.value_or(policy.notices);
  return policy;
}

AccountWork work_of(const config::AccountEntry& account, const connectors::NetworkKind& kind) {
  AccountWork work;
  work.kind = &kind;
  work.setup = {account.id, account.base_url, account.handle, settings_from(account.settings),
                account.authors.value_or(std::vector<std::string>{})};
  work.poll = account.poll.value_or(kind.poll);
  const std::string place = account.kind + "\n" + account.base_url + "\n" + account.id;
  work.cursor_of = place + "\n" + far_side(account.settings);
  work.fingerprint = hash64(place + "\n" + account.handle + "\n" + to_text(work.poll) + "\n" +
                            join(work.setup.authors, "\n") + "\n" + flat(account.settings));
  return work;
}

Duration interval(const config::SourceEntry& source, const connectors::MeterKind& kind) {
  return source.every.value_or(kind.every);
}

SourceWork work_of(const config::SourceEntry& source, const connectors::MeterKind& kind,
                   const config::Config& config) {
  SourceWork work;
  work.kind = &kind;
  work.setup = {source.id, source.base_url, interval(source, kind), settings_from(source.settings),
                {},        config.directory};
  work.cursor_of = source.kind + "\n" + source.base_url + "\n" + source.id;
  std::string asked;
  for (const auto& entry : config.services) {
    if (!entry.availability || entry.availability->source != source.id) continue;
    work.setup.questions.push_back({entry.service.id, settings_from(entry.availability->asks)});
    asked += entry.service.id + "\n" + flat(entry.availability->asks);
  }
  work.fingerprint = hash64(work.cursor_of + "\n" + to_text(work.setup.every) + "\n" +
                            flat(source.settings) + "\n" + asked);
  return work;
}

Duration interval(const config::Check& check, const connectors::MeterKind& kind) {
  const auto every = check.asks.find("every");
  if (every == check.asks.end()) return kind.every;
  return parse_duration(every->second.scalar).value_or(kind.every);
}

/// The `n`th check of its kind at `service`, counted from one.
SourceWork work_of(const config::Check& check, const connectors::MeterKind& kind,
                   const std::string& service, int n, const config::Config& config) {
  config::Values asks = check.asks;
  asks.erase("every");
  SourceWork work;
  work.kind = &kind;
  work.setup.id = service + "/" + check.kind + "/" + std::to_string(n);
  work.setup.every = interval(check, kind);
  work.setup.settings = settings_from(asks);
  work.setup.questions.push_back({service, {}});
  work.setup.recipe = check.recipe;
  work.setup.directory = config.directory;
  work.cursor_of = "check\n" + work.setup.id;
  const std::uint64_t recipe = check.recipe ? check.recipe->fingerprint : 0;
  work.fingerprint = hash64(work.cursor_of + "\n" + to_text(work.setup.every) + "\n" + flat(asks) +
                            std::to_string(recipe));
  return work;
}

std::vector<SourceWork> checks_of(const config::Config& config) {
  std::vector<SourceWork> checks;
  for (const auto& entry : config.services) {
    std::map<std::string, int> of_kind;
    for (const auto& check : entry.checks) {
      const auto* kind = connectors::check_kind(check.kind);
      if (kind == nullptr) continue;
      checks.push_back(work_of(check, *kind, entry.service.id, ++of_kind[check.kind], config));
    }
  }
  return checks;
}

/// `https://mastodon.example/x` is at `mastodon.example`.
std::string host_of(const std::string& url) {
  const auto start = url.find("://");
  if (start == std::string::npos) return "";
  const std::string rest = url.substr(start + 3);
  return rest.substr(0, rest.find_first_of("/:"));
}

std::vector<std::string> handles(const config::Config& config) {
  std::vector<std::string> all;
  for (const auto& account : config.accounts) {
    if (account.handle.empty()) continue;
    all.push_back(account.handle);
    const std::string host = host_of(account.base_url);
    if (!host.empty()) all.push_back(account.handle + "@" + host);
  }
  return all;
}

void plan_services(const config::Config& config, Plan& plan) {
  plan.services = config.service_list();
  for (std::size_t i = 0; i < plan.services.size(); ++i) {
    Service& service = plan.services[i];
    const auto& entry = config.services[i];
    for (const auto& source : config.sources) {
      if (!entry.availability || source.id != entry.availability->source) continue;
      const auto* kind = connectors::meter_kind(source.kind);
      if (kind == nullptr) continue;
      const Duration every = interval(source, *kind);
      plan.intervals[service.id] = every;
      plan.sources[service.id].push_back(source.kind + " " + source.id);
      if (entry.stale_after_given) continue;
      service.thresholds.stale_after = std::max(Thresholds{}.stale_after, 3 * every) + kind->lag;
    }
  }
}

/// In the order of checks_of().
void plan_rules(const config::Config& config, const std::vector<SourceWork>& checks, Plan& plan) {
  auto work = checks.begin();
  for (const auto& entry : config.services) {
    for (const auto& check : entry.checks) {
      if (connectors::check_kind(check.kind) == nullptr) continue;
      CheckRules& rules = plan.check_rules[work->setup.id] = check.rules;
      rules.every = work->setup.every;
      ++work;
    }
  }
}

/// A service measured by checks alone has the interval of its first; where there is a source, the
/// gaps between requests stay measured by the source's.
void plan_checks(const std::vector<SourceWork>& checks, Plan& plan) {
  for (const SourceWork& check : checks) {
    const std::string& service = check.setup.questions.front().service;
    plan.intervals.emplace(service, check.setup.every);
    auto& sources = plan.sources[service];
    const std::string name = std::string(check.kind->kind) + " check";
    if (std::find(sources.begin(), sources.end(), name) == sources.end()) sources.push_back(name);
  }
}

/// Under which name readings of a service's metrics are kept: that of its own source, where it is
/// one that waits for them.
std::string push_source(const config::Config& config, const std::string& service) {
  for (const auto& entry : config.services) {
    if (entry.service.id != service || !entry.availability) continue;
    for (const auto& source : config.sources) {
      if (source.id == entry.availability->source && source.kind == "push") return source.id;
    }
  }
  return "metrics";
}

PushPlan push_of(const config::Config& config) {
  PushPlan push;
  push.token = config.push_token;
  push.kept = config.retention.readings;
  push.drawn = config.retention.minutes;
  for (const auto& metric : config.metrics) {
    push.metrics[metric.id] = {static_cast<Metric::Kind>(metric.kind), metric.service,
                               push_source(config, metric.service)};
  }
  for (const auto& entry : config.services) {
    push.services.insert(entry.service.id);
    if (entry.service.start) push.starts[entry.service.id] = *entry.service.start;
    for (const auto& source : config.sources) {
      const bool measures = entry.availability && entry.availability->source == source.id;
      if (measures && source.kind == "push") push.sources[entry.service.id] = source.id;
    }
  }
  return push;
}

/// What the page draws, in the order of the configuration.
void plan_drawn(const config::Config& config, Plan& plan) {
  using Kind = config::MetricEntry::Kind;
  for (const auto& metric : config.metrics) {
    if (metric.kind != Kind::percent && metric.kind != Kind::value) continue;
    const bool percent = metric.kind == Kind::percent;
    const std::string unit = metric.unit.empty() && percent ? "%" : metric.unit;
    plan.metrics[metric.service].push_back(
        {metric.id, metric.name.empty() ? metric.id : metric.name, unit, percent});
  }
}

/// Services measured by metrics alone: what the page says of them.
void plan_metrics(const PushPlan& push, Plan& plan) {
  for (const auto& [id, metric] : push.metrics) {
    const bool counts = metric.kind == Metric::Kind::good || metric.kind == Metric::Kind::total;
    if (counts && plan.sources[metric.service].empty())
      plan.sources[metric.service].push_back("submitted metrics");
  }
}

announce::Habits habits_of(const config::Config& config) {
  announce::Habits habits;
  habits.group_wait = config.group_wait;
  habits.show_counts = config.figures_counts;
  habits.zone = config.page.zone;
  for (const auto& entry : config.services) {
    const Duration better_after = entry.service.thresholds.better_after;
    if (better_after != Thresholds{}.better_after)
      habits.better_after[entry.service.id] = better_after;
  }
  return habits;
}

}  // namespace

Setup set_up(const config::Config& config) {
  Setup setup;
  Plan& plan = setup.plan;
  plan_services(config, plan);
  setup.checks = checks_of(config);
  plan_checks(setup.checks, plan);
  plan_rules(config, setup.checks, plan);
  setup.push = push_of(config);
  plan_metrics(setup.push, plan);
  plan_drawn(config, plan);
  plan.page = config.page;
  plan.page.parts = page_parts(config);
  plan.retention = {config.retention.readings, config.retention.minutes, config.retention.hours,
                    config.retention.days};
  plan.page.show_counts = config.figures_counts;
  for (const auto& account : config.accounts) {
    const auto* kind = connectors::network_kind(account.kind);
    if (kind == nullptr) continue;
    const AccountPolicy policy = policy_of(account, *kind);
    setup.accounts.push_back(work_of(account, *kind));
    plan.accounts.push_back(policy);
    plan.rules.accounts[policy.id] = policy;
    if (account.kind == "local") plan.local_account = account.id;
    const bool followed = policy.announce && policy.link_public && kind->profile != nullptr;
    const std::string url = followed ? kind->profile(setup.accounts.back().setup) : "";
    if (!url.empty())
      plan.page.follow.push_back({policy.label, url, "@" + setup.accounts.back().setup.handle});
  }
  for (const auto& source : config.sources) {
    const auto* kind = connectors::meter_kind(source.kind);
    if (kind != nullptr) setup.sources.push_back(work_of(source, *kind, config));
  }
  plan.rules.safety_changes = config.safety_changes;
  plan.rules.safety_within = config.safety_within;
  plan.habits = habits_of(config);
  plan.lexicon = grammar::Lexicon(plan.services, config.page.zone, handles(config));
  return setup;
}

}  // namespace signalbox::app
