#include "connectors/recipe/compile_rule.h"

#include <cmath>

#include "base/text.h"
#include "connectors/recipe/selector.h"

namespace signalbox::connectors::recipe {
namespace {

using Look = Recipe::Look;

constexpr std::string_view kHeaderName = "abcdefghijklmnopqrstuvwxyz0123456789-_";

Pattern pattern_of(const Written& written, const Binding& binding) {
  if (!written.given()) return nullptr;
  const auto pattern = compile_pattern(binding.fill(written));
  if (pattern) return *pattern;
  binding.refuse(written, pattern.error().what);
  return nullptr;
}

std::optional<double> number_of(const Written& written, const Binding& binding) {
  if (!written.given()) return std::nullopt;
  const auto value = number_in(binding.fill(written));
  if (!value) binding.refuse(written, "must be a number");
  return value;
}

std::optional<Duration> duration_of(const Written& written, const Binding& binding) {
  if (!written.given()) return std::nullopt;
  const auto length = parse_duration(binding.fill(written));
  if (!length) binding.refuse(written, "must be a duration such as 10s, 5m or 2h");
  return length;
}

/// A latency is compared in milliseconds.
std::optional<double> bound_of(const Written& written, Look look, const Binding& binding) {
  if (look != Look::latency) return number_of(written, binding);
  const auto length = duration_of(written, binding);
  return length ? std::optional(static_cast<double>(length->count())) : std::nullopt;
}

std::vector<std::string> words_of(const std::vector<Written>& all, const Binding& binding) {
  std::vector<std::string> words;
  for (const auto& one : all) {
    for (auto& word : binding.fill_each(one)) words.push_back(std::move(word));
  }
  return words;
}

bool complete(const std::vector<Written>& all, const Binding& binding) {
  for (const auto& one : all) {
    if (!binding.complete(one)) return false;
  }
  return true;
}

bool complete(const Recipe::Test& test, const Binding& binding) {
  return complete(test.is, binding) && complete(test.is_not, binding) &&
         complete({test.matches, test.lacks, test.above, test.below, test.older, test.younger},
                  binding);
}

Test compile_test(const Recipe::Test& written, Look look, const Binding& binding) {
  Test test;
  test.is = words_of(written.is, binding);
  test.is_not = words_of(written.is_not, binding);
  test.matches = pattern_of(written.matches, binding);
  test.lacks = pattern_of(written.lacks, binding);
  test.above = bound_of(written.above, look, binding);
  test.below = bound_of(written.below, look, binding);
  test.older = duration_of(written.older, binding);
  test.younger = duration_of(written.younger, binding);
  return test;
}

/// `200`, `5xx`: as one pattern.
Test status_test(const std::vector<Written>& words, const Binding& binding) {
  static const Pattern kStatus = *compile_pattern("^[1-5]([0-9][0-9]|xx)$");
  std::vector<std::string> known;
  for (const auto& written : words) {
    const std::string word = binding.fill(written);
    if (!found_in(kStatus, word)) binding.refuse(written, "must be a status such as 200 or 5xx");
    known.push_back(replace_all(word, "xx", "[0-9][0-9]"));
  }
  Test test;
  test.matches = compile_pattern("^(" + join(known, "|") + ")$").value_or(nullptr);
  return test;
}

/// How many there are is never below nothing, nor between two.
void refuse_no_count(const Written& written, const Binding& binding) {
  const auto number = number_of(written, binding);
  if (number && (*number < 0 || *number != std::floor(*number)))
    binding.refuse(written, "must be a count: a whole number of 0 or more");
}

/// A count is compared like any other number: above -1 is any.
Test count_test(const Recipe::Test& written, const Binding& binding) {
  for (const auto* words : {&written.is, &written.is_not}) {
    for (const auto& word : *words) refuse_no_count(word, binding);
  }
  refuse_no_count(written.below, binding);
  return compile_test(written, Look::json, binding);
}

/// `in_thing`: below a thing found before.
std::optional<Path> path_of(const Written& written, Look look, bool in_thing,
                            const Binding& binding) {
  const std::string text = binding.fill(written);
  if (look == Look::json) {
    auto pointer = Pointer::parse(text == "." ? "" : text);
    if (pointer) return *std::move(pointer);
    binding.refuse(written, pointer.error().what);
    return std::nullopt;
  }
  Result<std::string> expression = text;
  if (look == Look::css && !(in_thing && text == ".")) expression = xpath_of(text);
  auto path = expression ? XPath::parse(*expression) : Result<XPath>(expression.error());
  if (path) return *std::move(path);
  binding.refuse(written, path.error().what);
  return std::nullopt;
}

std::optional<Path> inner_path(const Written& written, Look look, const Binding& binding) {
  if (!written.given()) return std::nullopt;
  return path_of(written, look, true, binding);
}

State state_of(const Written& written, const Binding& binding) {
  const std::string word = binding.fill(written);
  if (word == "UP") return State::up;
  if (word == "ISSUE") return State::issue;
  if (word == "DOWN") return State::down;
  if (word != "pending") binding.refuse(written, "must be UP, ISSUE, DOWN or pending");
  return State::unknown;
}

std::vector<Rule::Condition> compile_where(const Recipe::Rule& written, const Binding& binding) {
  std::vector<Rule::Condition> conditions;
  for (const auto& [at, test] : written.where) {
    if (!binding.complete(at) || !complete(test, binding)) continue;
    auto path = path_of(at, written.look, true, binding);
    if (path) conditions.push_back({*std::move(path), compile_test(test, written.look, binding)});
  }
  return conditions;
}

void compile_tree(const Recipe::Rule& written, Rule& rule, const Binding& binding) {
  rule.label = one_line(binding.fill(written.at));
  if (rule.label.empty()) rule.label = "the whole answer";
  if (auto path = path_of(written.at, written.look, false, binding)) rule.at = *std::move(path);
  rule.where = compile_where(written, binding);
  rule.newest = inner_path(written.newest, written.look, binding);
  rule.each = inner_path(written.each, written.look, binding);
  rule.of = inner_path(written.of, written.look, binding);
  if (written.count) rule.count = count_test(*written.count, binding);
  rule.all = written.all;
}

Rule compile_rule(const Recipe::Rule& written, const Binding& binding) {
  Rule rule;
  rule.look = written.look;
  if (written.state.given()) rule.state = state_of(written.state, binding);
  if (written.look == Look::status) {
    rule.label = "status";
    rule.test = status_test(written.test.is, binding);
    return rule;
  }
  rule.test = compile_test(written.test, written.look, binding);
  if (written.look == Look::latency) {
    rule.label = "milliseconds";
  } else if (written.look == Look::text) {
    rule.label = "the text has " + one_line(binding.fill(written.test.matches));
  } else if (written.look == Look::header) {
    rule.header = to_lower(binding.fill(written.at));
    if (rule.header.find_first_not_of(kHeaderName) != std::string::npos)
      binding.refuse(written.at, "must be a header's name: letters, digits and dashes");
    rule.label = "header " + rule.header;
  } else {
    compile_tree(written, rule, binding);
  }
  return rule;
}

}  // namespace

std::vector<Rule> compile_rules(const std::vector<Recipe::Rule>& rules, const Binding& binding) {
  std::vector<Rule> compiled;
  for (const auto& written : rules) {
    if (!binding.applies(written.given, written.unless)) continue;
    const bool whole = binding.complete(written.at) && complete(written.test, binding) &&
                       complete({written.newest, written.each, written.of, written.state}, binding);
    if (whole) compiled.push_back(compile_rule(written, binding));
  }
  return compiled;
}

}  // namespace signalbox::connectors::recipe
