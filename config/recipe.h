// Recipes as files: read strictly, every mistake with FILE:LINE:COL. docs/recipes.md is the manual.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/config.h"
#include "config/fields.h"
#include "model/recipe.h"

namespace signalbox::config {

/// A longer file, or one with more rules in a list, is refused.
inline constexpr std::size_t kMostRecipeBytes = 64U << 10U;
inline constexpr std::size_t kMostRules = 50;
/// So many requests a try at most.
inline constexpr std::size_t kMostSteps = 3;

/// The recipe that `named` (a check's setting `recipe`) means: the name of a shipped one, or a path
/// relative to `directory`. Null, with mistakes at its place or in that file, when it is none.
std::shared_ptr<const Recipe> recipe_named(const Value& named, const std::string& directory,
                                           Mistakes& mistakes);

/// A recipe's text. Null when there are mistakes. Patterns, pointers, selectors and paths are
/// judged by the check that works by them.
std::shared_ptr<const Recipe> read_recipe(const std::string& text, const std::string& name,
                                          const std::string& file, Mistakes& mistakes);

/// The names of those that are part of the program.
std::vector<std::string> shipped_recipes();

/// The list of rules under `key`; of what an answer `needs`, they have no state.
std::vector<Recipe::Rule> read_rules(Fields& fields, std::string_view key, bool have_state,
                                     Mistakes& mistakes);
/// The scalar under `key`; not there when absent.
Written written(Fields& fields, std::string_view key);

}  // namespace signalbox::config
