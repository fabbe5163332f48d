#include <algorithm>

#include "config/environment.h"
#include "config/recipe.h"

namespace signalbox::config {
namespace {

using Rule = Recipe::Rule;
using Look = Recipe::Look;

const std::vector<std::pair<std::string, Look>>& looks() {
  static const std::vector<std::pair<std::string, Look>> kLooks = {
      {"status", Look::status}, {"latency", Look::latency}, {"header", Look::header},
      {"text", Look::text},     {"json", Look::json},       {"css", Look::css},
      {"xpath", Look::xpath}};
  return kLooks;
}

Written written(const Node& node) { return {node.text, node.place.line, node.place.column}; }

/// One value, or a list of them.
std::vector<Written> several(Fields& fields, std::string_view key) {
  const NodePtr node = fields.find(key);
  if (!node) return {};
  if (node->kind == Node::Kind::scalar) return {written(*node)};
  if (node->kind != Node::Kind::list || node->items.empty()) {
    fields.refuse(key, "must be a value, or a list such as [a, b]");
    return {};
  }
  std::vector<Written> all;
  for (const auto& item : node->items) {
    if (item->kind == Node::Kind::scalar) {
      all.push_back(written(*item));
    } else {
      fields.refuse(key, "must hold single values only");
    }
  }
  return all;
}

Recipe::Test read_test(Fields& fields) {
  Recipe::Test test;
  test.is = several(fields, "is");
  test.is_not = several(fields, "not");
  test.matches = config::written(fields, "matches");
  test.lacks = config::written(fields, "lacks");
  test.above = config::written(fields, "above");
  test.below = config::written(fields, "below");
  test.older = config::written(fields, "older");
  test.younger = config::written(fields, "younger");
  return test;
}

/// `VALUE`, `[VALUE, …]` or a map of tests.
Recipe::Test test_under(Fields& fields, const std::string& key, Mistakes& mistakes) {
  const NodePtr node = fields.find(key);
  Recipe::Test test;
  if (!node || node->kind != Node::Kind::map) {
    test.is = several(fields, key);
    return test;
  }
  Fields inner(node, "a test", mistakes);
  test = read_test(inner);
  if (node->fields.empty()) fields.refuse(key, "must say what the value must be");
  inner.refuse_rest();
  return test;
}

std::vector<Recipe::Condition> read_where(Fields& rule, Mistakes& mistakes) {
  std::vector<Recipe::Condition> conditions;
  const NodePtr node = rule.find("where");
  if (!node) return conditions;
  Fields fields(node, "`where`", mistakes);
  for (const auto& field : fields.rest()) {
    const Written at{field.key, field.place.line, field.place.column};
    conditions.push_back({at, test_under(fields, field.key, mistakes)});
  }
  return conditions;
}

bool in_a_tree(Look look) { return look == Look::json || look == Look::css || look == Look::xpath; }

/// What is looked at, and, where it stands with it, what it must be.
void read_look(Fields& fields, Rule& rule, Mistakes& mistakes) {
  std::vector<std::string> named;
  for (const auto& [name, look] : looks()) {
    if (!fields.find(name)) continue;
    named.push_back(name);
    rule.look = look;
  }
  if (named.size() != 1) {
    mistakes.add(fields.place(),
                 "a rule must have one of status, latency, header, text, json, css and xpath");
    return;
  }
  if (rule.look == Look::status) {
    rule.test.is = several(fields, "status");
  } else if (rule.look == Look::latency) {
    rule.test = test_under(fields, "latency", mistakes);
  } else if (rule.look == Look::text) {
    rule.test.matches = written(fields, "text");
  } else {
    rule.at = written(fields, named.front());
    rule.test = read_test(fields);
  }
}

Rule read_rule(const NodePtr& node, bool has_state, Mistakes& mistakes) {
  Fields fields(node, has_state ? "a rule" : "a need", mistakes);
  Rule rule;
  read_look(fields, rule, mistakes);
  if (in_a_tree(rule.look)) {
    rule.where = read_where(fields, mistakes);
    rule.newest = written(fields, "newest");
    rule.each = written(fields, "each");
    rule.of = written(fields, "of");
    rule.all = fields.flag("all").value_or(false);
    if (fields.find("count")) rule.count = test_under(fields, "count", mistakes);
    if (rule.each.given() && !rule.newest.given())
      fields.refuse("each", "needs `newest`: the newest of each group is looked at");
  }
  rule.given = fields.list("given").value_or(std::vector<std::string>{});
  rule.unless = fields.list("unless").value_or(std::vector<std::string>{});
  if (has_state) {
    fields.required("state");
    rule.state = written(fields, "state");
  }
  fields.refuse_rest();
  return rule;
}

}  // namespace

Written written(Fields& fields, std::string_view key) {
  const auto text = fields.text(key);
  if (!text) return {};
  const Place place = fields.place(key);
  return {*text, place.line, place.column};
}

std::vector<Recipe::Rule> read_rules(Fields& fields, std::string_view key, bool have_state,
                                     Mistakes& mistakes) {
  std::vector<Rule> rules;
  const auto nodes = items(fields, key);
  if (nodes.size() > kMostRules) {
    fields.refuse(key, "must not be longer than " + std::to_string(kMostRules));
    return rules;
  }
  if (fields.find(key) && nodes.empty()) fields.refuse(key, "must list at least one");
  for (const auto& node : nodes) rules.push_back(read_rule(node, have_state, mistakes));
  return rules;
}

}  // namespace signalbox::config
