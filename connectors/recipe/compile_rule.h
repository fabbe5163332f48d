// Rules with their settings filled in: patterns, pointers and paths compiled.
#pragma once

#include <string>
#include <vector>

#include "connectors/recipe/binding.h"
#include "connectors/recipe/rule.h"

namespace signalbox::connectors::recipe {

/// Those that count for this check; what is wrong is noted by `binding`.
std::vector<Rule> compile_rules(const std::vector<Recipe::Rule>& rules, const Binding& binding);

}  // namespace signalbox::connectors::recipe
