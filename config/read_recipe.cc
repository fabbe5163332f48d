#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/hash.h"
#include "base/text.h"
#include "config/embedded.h"
#include "config/environment.h"
#include "config/nearest.h"
#include "config/recipe.h"
#include "config/sections.h"

namespace signalbox::config {
namespace {

using As = Recipe::Setting::As;

constexpr std::string_view kYaml = ".yaml";

/// Of every check by a recipe: a recipe's own settings have other names.
const std::vector<std::string> kTaken = {"kind",  "every",      "recipe",     "timeout",  "silence",
                                         "tries", "slow_after", "down_after", "up_after", "of"};

bool is_plain_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Recipe::Setting read_setting(const Field& field, Mistakes& mistakes) {
  Fields fields(field.value, "a setting", mistakes);
  Recipe::Setting setting;
  setting.name = field.key;
  if (!is_plain_name(field.key)) {
    mistakes.add(field.place, "a setting's name has letters a to z, digits and `_` only");
  } else if (std::find(kTaken.begin(), kTaken.end(), field.key) != kTaken.end()) {
    mistakes.add(field.place,
                 "`" + field.key + "` is a key that every such check has, or may come to have");
  }
  setting.as = fields
                   .choice<As>("as", {{"text", As::text},
                                      {"list", As::list},
                                      {"url", As::url},
                                      {"secret", As::secret},
                                      {"pattern", As::pattern},
                                      {"duration", As::duration},
                                      {"state", As::state}})
                   .value_or(As::text);
  setting.required = fields.flag("required").value_or(false);
  setting.otherwise = written(fields, "default");
  setting.one_of = fields.list("one_of").value_or(std::vector<std::string>{});
  setting.matches = written(fields, "matches");
  if (setting.as == As::secret && setting.otherwise.given())
    fields.refuse("default", "must not stand here: secrets belong into the configuration");
  fields.refuse_rest();
  return setting;
}

/// A map of names to texts under `key`.
std::vector<Recipe::Named> read_named(Fields& step, std::string_view key, Mistakes& mistakes) {
  std::vector<Recipe::Named> all;
  const NodePtr node = step.find(key);
  if (!node) return all;
  Fields fields(node, "`" + std::string(key) + "`", mistakes);
  for (const auto& field : fields.rest()) all.emplace_back(field.key, written(fields, field.key));
  return all;
}

Recipe::Step read_step(const NodePtr& node, bool last, Mistakes& mistakes) {
  Fields fields(node, "a request", mistakes);
  Recipe::Step step;
  fields.required("url");
  step.url = written(fields, "url");
  step.query = read_named(fields, "query", mistakes);
  step.headers = read_named(fields, "headers", mistakes);
  step.given = fields.list("given").value_or(std::vector<std::string>{});
  step.unless = fields.list("unless").value_or(std::vector<std::string>{});
  if (!last) {
    step.rules = read_rules(fields, "rules", true, mistakes);
    step.take = read_named(fields, "take", mistakes);
  }
  fields.refuse_rest();
  return step;
}

void read_steps(Fields& fields, Recipe& recipe, Mistakes& mistakes) {
  const NodePtr node = fields.find("request");
  if (!node) return mistakes.add(fields.place(), "a recipe needs `request`");
  if (node->kind == Node::Kind::map) return recipe.steps.push_back(read_step(node, true, mistakes));
  const auto nodes = items(fields, "request");
  if (nodes.empty() || nodes.size() > kMostSteps)
    return fields.refuse("request", "must be one request, or a list of up to 3");
  for (const auto& one : nodes)
    recipe.steps.push_back(read_step(one, one == nodes.back(), mistakes));
}

Recipe read_whole(const NodePtr& root, Mistakes& mistakes) {
  Fields fields(root, "a recipe", mistakes);
  Recipe recipe;
  if (const NodePtr settings = fields.find("settings")) {
    Fields named(settings, "`settings`", mistakes);
    for (const auto& field : named.rest()) recipe.settings.push_back(read_setting(field, mistakes));
  }
  read_steps(fields, recipe, mistakes);
  recipe.needs = read_rules(fields, "needs", false, mistakes);
  if (!fields.find("rules")) mistakes.add(fields.place(), "a recipe needs `rules`");
  recipe.rules = read_rules(fields, "rules", true, mistakes);
  recipe.silence_is_down =
      fields.choice<bool>("silence", {{"DOWN", true}, {"UNKNOWN", false}}).value_or(true);
  fields.refuse_rest();
  return recipe;
}

std::string text_of(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return "";
  std::ifstream in(path, std::ios::binary);
  std::string text(kMostRecipeBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

}  // namespace

std::vector<std::string> shipped_recipes() {
  std::vector<std::string> names;
  for (const auto& file : embedded_names())
    names.push_back(file.substr(0, file.size() - kYaml.size()));
  return names;
}

std::shared_ptr<const Recipe> read_recipe(const std::string& text, const std::string& name,
                                          const std::string& file, Mistakes& mistakes) {
  Mistakes own(file);
  if (text.size() > kMostRecipeBytes) {
    own.add({1, 1}, "is longer than 64 KiB; is this the right file?");
  } else if (const NodePtr root = read_tree(text, own, Variables::kept)) {
    auto recipe = std::make_shared<Recipe>(read_whole(root, own));
    recipe->name = name;
    recipe->file = file;
    recipe->fingerprint = hash64(text);
    if (own.none()) return recipe;
  }
  mistakes.take(std::move(own));
  return nullptr;
}

std::shared_ptr<const Recipe> recipe_named(const Value& named, const std::string& directory,
                                           Mistakes& mistakes) {
  const Place place{named.line, named.column};
  if (is_plain_name(named.scalar)) {
    const std::string text = embedded(named.scalar + std::string(kYaml));
    if (!text.empty()) return read_recipe(text, named.scalar, "recipe " + named.scalar, mistakes);
    mistakes.add(place, "there is no recipe of this name" + hint(named.scalar, shipped_recipes()) +
                            "; a file of yours is a path such as ./mine.yaml");
    return nullptr;
  }
  const std::string path = resolved(directory, named.scalar);
  const std::string text = named.scalar.empty() ? "" : text_of(path);
  if (!text.empty()) return read_recipe(text, named.scalar, path, mistakes);
  mistakes.add_absent(place, "the file `" + (named.secret ? "${…}" : shown(named.scalar)) +
                                 "` cannot be read or is empty; name a shipped recipe (" +
                                 join(shipped_recipes(), ", ") +
                                 "), or a path relative to this file");
  return nullptr;
}

}  // namespace signalbox::config
