// Rules, ready to be asked what an answer means.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "connectors/check.h"
#include "connectors/recipe/answer.h"
#include "connectors/recipe/test.h"
#include "model/recipe.h"

namespace signalbox::connectors::recipe {

/// One rule with its settings filled in (model/recipe.h says what each part means).
struct Rule {
  struct Condition {
    Path at;
    Test test;
  };
  Recipe::Look look = Recipe::Look::status;
  std::string label;  ///< what staff is told was looked at
  std::string header;
  Path at;
  std::vector<Condition> where;
  std::optional<Path> newest, each, of;
  Test test;
  bool all = false;
  std::optional<Test> count;
  State state = State::unknown;  ///< UNKNOWN: still pending
};

/// What the first rule that matches says; none when none does. corrupt when a rule meets an answer
/// that is not of its kind, or a time that is none: nothing that follows may be believed then.
/// Where the status is not 2xx, only rules on the status are asked.
Result<std::optional<Grade>> first_match(const std::vector<Rule>& rules, Answer& answer, Time now);

/// Whether the answer has what it needs. corrupt, with what it lacks.
Status has_needs(const std::vector<Rule>& needs, Answer& answer, Time now);

}  // namespace signalbox::connectors::recipe
