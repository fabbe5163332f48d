#include "connectors/recipe/rule.h"

#include <map>

#include "base/text.h"
#include "connectors/recipe/moment.h"

namespace signalbox::connectors::recipe {
namespace {

using Look = Recipe::Look;

/// Whether any thing there passes. What is not there is an empty text to a test, and nothing else.
Result<bool> any_passes(const Path& at, const Test& test, const Thing& from, Answer& answer,
                        Time now) {
  const auto things = answer.look(at, &from);
  if (!things && things.error().code == Error::Code::corrupt) return things.error();
  if (!things || things->all.empty()) return !test.empty() && test.passes("", now);
  for (const Thing& thing : things->all) {
    if (test.empty()) return true;
    const auto text = Answer::text_of(thing);
    if (text && test.passes(*text, now)) return true;
  }
  return false;
}

Result<std::vector<Thing>> kept(std::vector<Thing> things, const Rule& rule, Answer& answer,
                                Time now) {
  std::vector<Thing> passing;
  for (Thing& thing : things) {
    bool holds = true;
    for (const auto& condition : rule.where) {
      const auto passes = any_passes(condition.at, condition.test, thing, answer, now);
      if (!passes) return passes.error();
      holds = holds && *passes;
    }
    if (holds) passing.push_back(std::move(thing));
  }
  return passing;
}

/// The text of the first thing there.
Result<std::string> text_at(const Path& at, const Thing& from, Answer& answer) {
  const auto things = answer.look(at, &from);
  if (!things) return things.error();
  const auto text = things->all.empty() ? std::nullopt : Answer::text_of(things->all.front());
  if (!text) return invalid("nothing is there");
  return *text;
}

/// The newest of each group, or of all. A thing without a time makes no sense.
Result<std::vector<Thing>> newest(std::vector<Thing> things, const Rule& rule, Answer& answer) {
  std::map<std::string, std::pair<Time, Thing>> of_group;
  for (Thing& thing : things) {
    const auto written = text_at(*rule.newest, thing, answer);
    if (!written && written.error().code == Error::Code::corrupt) return written.error();
    const auto time = written ? parse_moment(*written) : std::nullopt;
    if (!time) return corrupt(rule.label + " has no time where it should");
    std::string group;
    if (rule.each) group = text_at(*rule.each, thing, answer).value_or("");
    const auto known = of_group.find(group);
    if (known == of_group.end()) {
      of_group.emplace(group, std::pair(*time, std::move(thing)));
    } else if (*time > known->second.first) {
      known->second = {*time, std::move(thing)};
    }
  }
  std::vector<Thing> all;
  for (auto& [group, one] : of_group) all.push_back(std::move(one.second));
  return all;
}

/// What is at `of` inside each.
Result<Things> inside(const std::vector<Thing>& things, const Rule& rule, Answer& answer,
                      bool whole) {
  Things inner{{}, whole};
  for (const Thing& thing : things) {
    auto found = answer.look(*rule.of, &thing);
    if (!found && found.error().code == Error::Code::corrupt) return found.error();
    inner.whole = inner.whole && found && found->whole && !found->all.empty();
    if (!found) continue;
    for (Thing& one : found->all) inner.all.push_back(std::move(one));
  }
  return inner;
}

Result<Things> in_a_tree(const Rule& rule, Answer& answer, Time now) {
  auto found = answer.look(rule.at);
  if (!found) return found.error();
  auto things = kept(std::move(found->all), rule, answer, now);
  if (!things) return things.error();
  if (rule.newest) things = newest(*std::move(things), rule, answer);
  if (!things) return things.error();
  if (rule.of) return inside(*things, rule, answer, found->whole);
  return Things{*std::move(things), found->whole};
}

/// What the rule looks at. invalid: there is no such thing.
Result<Things> looked_at(const Rule& rule, Answer& answer, Time now) {
  const net::Response& response = answer.response();
  switch (rule.look) {
    case Look::status:
      return Things{{std::to_string(response.status)}, true};
    case Look::latency:
      return Things{{std::to_string(answer.latency().count())}, true};
    case Look::text:
      return Things{{response.body}, true};
    case Look::header: {
      const auto value = response.header(rule.header);
      if (!value) return invalid("no such header");
      return Things{{std::string(*value)}, true};
    }
    case Look::json:
    case Look::css:
    case Look::xpath:
      return in_a_tree(rule, answer, now);
  }
  return internal("a look of no kind");
}

/// The text of one that passed.
struct Weighed {
  std::size_t passed = 0;
  std::string first;
};

Weighed weigh(const Things& things, const Test& test, Time now) {
  Weighed weighed;
  for (const Thing& thing : things.all) {
    const auto text = Answer::text_of(thing);
    if (!test.empty() && (!text || !test.passes(*text, now))) continue;
    if (weighed.passed++ == 0) weighed.first = text.value_or("there");
  }
  return weighed;
}

bool decides(const Rule& rule, const Things& things, const Weighed& weighed, Time now) {
  if (rule.count) return rule.count->passes(std::to_string(weighed.passed), now);
  if (rule.all) return things.whole && weighed.passed > 0 && weighed.passed == things.all.size();
  return weighed.passed > 0;
}

bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Whether a far side's words may stand in an announcement of ours: they call nobody and lead
/// nowhere.
bool harmless(std::string_view text) {
  if (text.find_first_of("@#") != std::string_view::npos) return false;
  if (text.find("://") != std::string_view::npos) return false;
  for (std::size_t at = 1; at + 1 < text.size(); ++at) {
    const bool between = text[at] == '.' && text[at - 1] != ' ' && letter(text[at + 1]);
    if (between) return false;  // a host's name
  }
  return true;
}

std::string why(const Rule& rule, const Weighed& weighed) {
  if (rule.look == Look::text) return rule.label;
  if (rule.count) return rule.label + ": " + std::to_string(weighed.passed);
  const std::string words = one_line(valid_utf8(weighed.first));
  return harmless(words) ? rule.label + ": " + shorten(words, 60) : rule.label;
}

/// Its reason, when it matches.
Result<std::optional<std::string>> match(const Rule& rule, Answer& answer, Time now) {
  const auto things = looked_at(rule, answer, now);
  if (!things && things.error().code != Error::Code::invalid) return things.error();
  if (!things) return std::optional<std::string>();
  const Weighed weighed = weigh(*things, rule.test, now);
  if (!decides(rule, *things, weighed, now)) return std::optional<std::string>();
  return std::optional(why(rule, weighed));
}

}  // namespace

Result<std::optional<Grade>> first_match(const std::vector<Rule>& rules, Answer& answer, Time now) {
  for (const Rule& rule : rules) {
    if (!answer.good() && rule.look != Look::status) continue;
    auto reason = match(rule, answer, now);
    if (!reason) return reason.error();
    if (*reason) return std::optional(Grade{rule.state, **std::move(reason)});
  }
  return std::optional<Grade>();
}

Status has_needs(const std::vector<Rule>& needs, Answer& answer, Time now) {
  for (const Rule& need : needs) {
    const auto things = looked_at(need, answer, now);
    if (!things && things.error().code == Error::Code::corrupt) return things.error();
    const bool bare_pointer = need.look == Look::json && need.test.empty() && need.where.empty();
    const bool there =
        things && things->whole &&
        (bare_pointer || decides(need, *things, weigh(*things, need.test, now), now));
    if (!there) return corrupt("it lacks what it needs, " + need.label);
  }
  return {};
}

}  // namespace signalbox::connectors::recipe
