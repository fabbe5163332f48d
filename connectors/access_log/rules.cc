#include "connectors/access_log/rules.h"

#include "base/text.h"

namespace signalbox::connectors::access_log {
namespace {

Unit read_unit(const Settings& settings) {
  const std::string unit = settings.text("request_time");
  if (unit == "seconds") return Unit::seconds;
  if (unit == "milliseconds") return Unit::milliseconds;
  if (unit == "microseconds") return Unit::microseconds;
  if (!unit.empty()) {
    settings.refuse("request_time", "is none of seconds, milliseconds, microseconds");
  }
  return Unit::none;
}

std::string read_path(const SourceSetup& setup, bool needed) {
  const std::string key = setup.settings.find("file") != nullptr ? "file" : "path";
  const std::string path = setup.settings.text(key);
  if (needed) setup.settings.require(key);
  if (path.empty() || path.starts_with('/') || setup.directory.empty()) return path;
  return setup.directory + "/" + path;
}

Rule read_rule(const Question& question, Duration slow_after) {
  const Settings& asked = question.settings;
  Rule rule{question.service, nullptr, asked.text("host"),
            asked.duration("slow_after", slow_after)};
  const std::string pattern = asked.text("match");
  if (pattern.empty()) return rule;
  auto compiled = std::make_shared<const RE2>(pattern, RE2::Quiet);
  if (compiled->ok()) {
    rule.match = std::move(compiled);
  } else {
    asked.refuse("match", "is no pattern (RE2): " + compiled->error());
  }
  return rule;
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

bool Rule::applies(const Line& line) const {
  return (host.empty() || equal_ignoring_case(host, line.host)) &&
         (!match || RE2::PartialMatch(piece(line.path), *match));
}

void Rules::count(const Line& line, std::vector<Tally>& tallies) const {
  for (std::size_t i = 0; i < services.size(); ++i) {
    if (services[i].applies(line)) tallies[i].add(line, outcome(line, services[i].slow_after));
  }
}

Rules read_rules(const SourceSetup& setup, bool needs_path) {
  Rules rules;
  rules.path = read_path(setup, needs_path);
  rules.whole_numbers = read_unit(setup.settings);
  const Duration slow_after =
      setup.settings.duration("slow_after", Duration(std::chrono::seconds(10)));
  for (const Question& question : setup.questions) {
    rules.services.push_back(read_rule(question, slow_after));
  }
  return rules;
}

}  // namespace signalbox::connectors::access_log
