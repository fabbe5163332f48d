// A recipe made ready for one check: settings filled in, patterns, pointers and paths compiled.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "connectors/recipe/binding.h"
#include "connectors/recipe/rule.h"
#include "net/http.h"

namespace signalbox::connectors::recipe {

/// One request, and what decides or is taken from its answer.
struct Step {
  net::Request request;  ///< its URL may hold `${NAME}`s of what earlier steps took
  std::vector<Rule> rules;
  std::map<std::string, Pointer> take;
};

/// A recipe as it is worked off.
struct Ready {
  std::string name;
  std::vector<Step> steps;  ///< the last one's rules are the recipe's
  std::vector<Rule> needs;
};

/// Fills in and compiles; what is wrong is noted by `binding`, and left out here.
Ready compile(const Recipe& recipe, const Binding& binding);

}  // namespace signalbox::connectors::recipe
