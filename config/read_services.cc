#include <algorithm>

#include "config/environment.h"
#include "config/nearest.h"
#include "config/recipe.h"
#include "config/sections.h"

namespace signalbox::config {
namespace {

void read_thresholds(Fields& fields, Thresholds& to) {
  to.window = fields.duration("window", kLeastSpan).value_or(to.window);
  to.better_after = fields.duration("better_after", kLeastSpan).value_or(to.better_after);
  to.min_requests = fields.number("min_requests", 1, 1e12).value_or(to.min_requests);
  to.issue_below = fields.number("issue_below", 0, 100).value_or(to.issue_below);
  to.down_below = fields.number("down_below", 0, 100).value_or(to.down_below);
  if (to.down_below > to.issue_below) {
    fields.refuse(
        fields.find("down_below") ? "down_below" : "issue_below",
        "crosses the other: down_below (90 unless said) must not be above issue_below (99 "
        "unless said)");
  }
}

/// The source called `id`; null, with a mistake, when there is none.
const SourceEntry* source_named(const std::string& id, const Config& config, Fields& fields) {
  std::vector<std::string> known;
  for (const auto& source : config.sources) {
    if (source.id == id) return &source;
    if (!source.id.empty()) known.push_back(source.id);
  }
  fields.refuse("source", "names `" + shown(*fields.find("source")) +
                              "`, which is not in `sources`" + hint(id, known));
  return nullptr;
}

Availability read_availability(NodePtr node, const Config& config, ServiceEntry& entry,
                               Mistakes& mistakes) {
  Fields fields(std::move(node), "`availability`", mistakes);
  Availability availability{
      .source = fields.required("source"), .asks = {}, .place = fields.place()};
  Thresholds& to = entry.service.thresholds;
  read_thresholds(fields, to);
  const SourceEntry* source = nullptr;
  if (!availability.source.empty()) source = source_named(availability.source, config, fields);
  const auto stale_after = fields.duration("stale_after", kLeastSpan);
  entry.stale_after_given = stale_after.has_value();
  if (source != nullptr && source->every) {
    to.stale_after = std::max(to.stale_after, 3 * *source->every);
  }
  to.stale_after = stale_after.value_or(to.stale_after);
  availability.asks = settings_of(fields, nullptr, mistakes);
  return availability;
}

CheckRules read_rules(Fields& fields) {
  CheckRules rules;
  rules.of = fields.whole("of", 1, kMostTries).value_or(rules.of);
  const auto down_after = fields.whole("down_after", 1, kMostTries);
  rules.down_after = down_after.value_or(std::min(rules.down_after, rules.of));
  rules.up_after = fields.whole("up_after", 1, kMostTries).value_or(rules.up_after);
  if (rules.down_after > rules.of) {
    fields.refuse("down_after",
                  "must not be above `of`, the tries it is counted in (3 unless said)");
  }
  return rules;
}

Check read_check(NodePtr node, const std::string& directory, Mistakes& mistakes) {
  Fields fields(std::move(node), "a check", mistakes);
  Check check{.kind = fields.required("kind"),
              .asks = {},
              .kind_place = fields.place("kind"),
              .place = fields.place()};
  const auto every = fields.duration("every", kLeastInterval);
  check.rules = read_rules(fields);
  check.asks = settings_of(fields, &directory, mistakes);
  const auto named = check.asks.find("recipe");
  if (check.kind == "recipe" && named != check.asks.end())
    check.recipe = recipe_named(named->second, directory, mistakes);
  if (every) {
    const Place place = fields.place("every");
    check.asks["every"] = {signalbox::to_text(*every), {}, place.line, place.column, place, false};
  }
  return check;
}

/// `start: 2026-01-31`, a day (UTC).
std::optional<std::chrono::sys_days> read_start(Fields& fields) {
  const auto text = fields.text("start");
  if (!text) return std::nullopt;
  const bool day = text->size() == std::string_view("2026-01-31").size();
  const auto start = day ? parse_iso(*text + "T00:00Z") : std::nullopt;
  if (start) return std::chrono::floor<std::chrono::days>(*start);
  fields.refuse("start", "must be a day such as 2026-01-31");
  return std::nullopt;
}

ServiceEntry read_service(NodePtr node, const Config& config, Mistakes& mistakes) {
  Fields fields(std::move(node), "a service", mistakes);
  ServiceEntry entry;
  entry.place = fields.place("id");
  auto& service = entry.service;
  service.id = fields.id();
  service.name = fields.text("name").value_or(service.id);
  service.group = fields.text("group").value_or("");
  service.aliases = fields.list("aliases").value_or(std::vector<std::string>{});
  service.start = read_start(fields);
  if (auto availability = fields.find("availability")) {
    entry.availability = read_availability(std::move(availability), config, entry, mistakes);
  }
  for (const auto& check : items(fields, "checks")) {
    entry.checks.push_back(read_check(check, config.directory, mistakes));
  }
  service.measured = entry.availability || !entry.checks.empty();
  fields.refuse_rest();
  return entry;
}

}  // namespace

void read_services(Fields& file, Config& config, Mistakes& mistakes) {
  const auto listed = file.find("services");
  const bool none = !listed || (listed->kind == Node::Kind::list && listed->items.empty());
  if (none) {
    mistakes.add(
        file.place("services"),
        "`services` must name at least one service, such as `- {id: API, name: Public API}`");
  }
  for (const auto& node : items(file, "services")) {
    auto entry = read_service(node, config, mistakes);
    const auto twice = std::find_if(
        config.services.begin(), config.services.end(),
        [&](const ServiceEntry& other) { return other.service.id == entry.service.id; });
    if (twice != config.services.end() && !entry.service.id.empty()) {
      mistakes.add(entry.place, "`id` is taken by the service in line " +
                                    std::to_string(twice->place.line) + "; give this one another");
      continue;
    }
    config.services.push_back(std::move(entry));
  }
}

}  // namespace signalbox::config
