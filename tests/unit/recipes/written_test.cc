// A recipe's file is read strictly: what is wrong is told with its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/recipes/trying.h"

namespace signalbox::testing {
namespace {

using ::testing::HasSubstr;

const std::string kFine = "request: {url: 'http://a.test/'}\n";

struct Case {
  std::string text;
  std::string says;  ///< with `mine.yaml:` before it
};

/// What is wrong with the file, found by the loader or by the check that works by it.
std::string mistakes(const std::string& text, Asked asked = {}) {
  config::Mistakes found("x.yaml");
  const auto recipe = config::read_recipe(text, "mine", "mine.yaml", found);
  std::string all;
  for (const auto& misfit : found.sorted()) all += config::to_text(misfit) + "\n";
  if (!recipe) return all.empty() ? "refused without a word" : all;
  for (const auto& one : Try(recipe, std::move(asked)).mistakes()) all += one + "\n";
  return all;
}

Case rule(const std::string& text, const std::string& says) {
  return {kFine + "rules: [{" + text + "}]\n", "2:" + says};
}

const std::string kRules = "rules: [{status: 200, state: UP}]\n";

TEST(WrittenRecipe, IsRefusedWithPlaceAndRemedy) {
  const std::vector<Case> cases = {
      {"", "1:1: the file is empty"},
      {"[", "not YAML"},
      {"- a", "1:1: a recipe must be a map"},
      {kFine, "1:1: a recipe needs `rules`"},
      {"rules: []\n", "1:1: a recipe needs `request`"},
      {kFine + "rules: []\nruls: []\n",
       "3:1: unknown key `ruls` in a recipe; did you mean `rules`?"},
      {kFine + "rules: []\nrules: []\n", "3:1: `rules` is written twice"},
      {kFine + "rules: []\nsilence: no\n", "3:10: `silence` must be DOWN or UNKNOWN, not `no`"},
      {"request: {}\nrules: []\n", "1:10: a request needs `url`"},
      {"request: []\nrules: []\n", "`request` must be one request, or a list of up to 3"},
      {"request: {url: 'gopher://a/'}\n" + kRules, "1:16 makes no request"},
      {"request: {url: 'http://a/', take: {x: /y}}\nrules: []\n", "unknown key `take`"},
      {"settings: {A: {}}\n" + kFine + "rules: []\n", "1:12: a setting's name has"},
      {"settings: {every: {}}\n" + kFine + "rules: []\n", "1:12: `every` is a key that"},
      {"settings: {a: {as: x}}\n" + kFine + "rules: []\n", "`as` must be text or list or url"},
      {"settings: {a: {as: secret, default: x}}\n" + kFine + "rules: []\n", "must not stand here"},
      {"settings: {a: {as: duration, default: x}}\n" + kFine + kRules,
       "1:39 `default` is not a duration"},
      {"settings: {a: {one_of: [x], default: y}}\n" + kFine + kRules, "must be x"},
      {"settings: {a: {matches: '(', default: y}}\n" + kFine + kRules, "1:25 `matches` is no"},
      rule("state: UP", "9: a rule must have one of status, latency"),
      rule("status: 200", "9: a rule needs `state`"),
      rule("status: 200, state: GREEN", "30 must be UP, ISSUE, DOWN or pending"),
      rule("status: 2000, state: UP", "18 must be a status such as 200 or 5xx"),
      rule("status: 200, json: /a, state: UP", "9: a rule must have one of"),
      rule("status: 200, where: {/a: b}, state: UP", "23: unknown key `where`"),
      rule("latency: {above: 5}, state: UP", "27 must be a duration"),
      rule("latency: {}, state: UP", "19: `latency` must say what"),
      rule("text: '(', state: UP", "16 is no pattern (RE2)"),
      rule("text: '(?:x{1000}){1000}', state: UP", "16 is no pattern (RE2)"),
      rule("text: '" + std::string(2001, 'x') + "', state: UP", "16 is a pattern longer than"),
      rule("json: a/b, state: UP", "16 must begin with `/`"),
      rule("json: /a~2, state: UP", "16 has a `~` that is neither"),
      rule("json: /a, above: much, state: UP", "27 must be a number"),
      rule("json: /a, count: some, state: UP", "27 must be a number"),
      rule("json: /a, count: -1, state: UP", "27 must be a count: a whole number of 0 or more"),
      rule("json: /a, count: {below: -1}, state: UP", "35 must be a count"),
      rule("json: /a, older: 5, state: UP", "27 must be a duration"),
      rule("json: /a, each: /b, state: UP", "26: `each` needs `newest`"),
      rule("json: /a, is: [], state: UP", "24: `is` must be a value, or a list"),
      rule("json: /a, where: {b: c}, state: UP", "28 must begin with `/`"),
      rule("json: /a, where: {/b: {is: c, iss: d}}, state: UP", "40: unknown key `iss`"),
      rule("css: 'a:hover', state: UP", "15 `:hover` is not among the selectors"),
      rule("css: 'a >', state: UP", "15 an end where a type should be"),
      rule("xpath: '//a[', state: UP", "17 is no XPath 1.0 expression"),
      rule("xpath: 'foo(1)', state: UP", "17 uses a function or variable that XPath 1.0"),
      rule("xpath: 'document(\"/etc/passwd\")', state: UP", "17 uses a function"),
      rule("header: 'a b', is: x, state: UP", "18 must be a header's name"),
      {kFine + "rules: []\n", "2:8: `rules` must list at least one"},
      rule("json: '/${b}', state: UP", "16 `${b}` is none of the recipe's settings"),
      {std::string(config::kMostRecipeBytes + 1, '#'), "1:1: is longer than 64 KiB"},
  };
  for (const Case& one : cases) {
    EXPECT_THAT(mistakes(one.text), HasSubstr("mine.yaml:")) << one.text;
    EXPECT_THAT(mistakes(one.text), HasSubstr(one.says)) << one.text;
  }
}

TEST(WrittenRecipe, HasSoManyRulesAtMost) {
  std::string text = kFine + "rules:\n";
  for (std::size_t i = 0; i < config::kMostRules; ++i) text += "  - {status: 200, state: UP}\n";
  EXPECT_EQ(mistakes(text), "");
  EXPECT_THAT(mistakes(text + "  - {status: 200, state: UP}\n"),
              HasSubstr("not be longer than 50"));
}

TEST(WrittenRecipe, BlamesTheCheckForWhatItSets) {
  const std::string text =
      "settings: {p: {as: pattern}, s: {as: state}, u: {as: url}, w: {as: duration}, n: {}, "
      "m: {required: true, matches: '[a-z]+'}}\n" +
      kFine + "rules: [{text: '${p}', state: '${s}'}, {json: /a, above: '${n}', state: UP}]\n";
  const Asked fine{{"m", word("abc")}};
  EXPECT_EQ(mistakes(text, fine), "");
  const auto blamed = [&](const std::string& key, const std::string& value) {
    Asked asked = fine;
    asked[key] = word(value);
    return mistakes(text, asked);
  };
  EXPECT_THAT(blamed("p", "("), HasSubstr("3: p is no pattern (RE2)"));
  EXPECT_THAT(blamed("s", "green"), HasSubstr("3: s must be UP, ISSUE, DOWN or pending"));
  EXPECT_THAT(blamed("u", "a.test"), HasSubstr("3: u must begin with http://"));
  EXPECT_THAT(blamed("w", "10"), HasSubstr("3: w is not a duration"));
  EXPECT_THAT(blamed("n", "few"), HasSubstr("3: n must be a number"));
  EXPECT_THAT(blamed("m", "A1"), HasSubstr("3: m must look like [a-z]+"));
  EXPECT_THAT(blamed("silence", "golden"), HasSubstr("3: silence must be DOWN or UNKNOWN"));
  EXPECT_THAT(blamed("color", "red"), HasSubstr("unknown color"));
  EXPECT_THAT(mistakes(text, {}), HasSubstr("0: m is missing"));
}

TEST(NamedRecipe, IsShippedOrAFile) {
  const auto all = config::shipped_recipes();
  EXPECT_THAT(all, ::testing::ElementsAre("alertmanager", "circleci", "feed", "github_actions",
                                          "heroku", "statuspage"));
  const auto named = [](const std::string& name) {
    config::Mistakes found("x.yaml");
    config::Value value;
    value.scalar = name;
    value.line = 4;
    value.column = 9;
    const auto recipe = config::recipe_named(value, SIGNALBOX_ROOT "/config", found);
    return recipe ? recipe->name : config::to_text(found.sorted().at(0));
  };
  EXPECT_EQ(named("heroku"), "heroku");
  EXPECT_EQ(named("recipes/heroku.yaml"), "recipes/heroku.yaml");
  EXPECT_THAT(named("herku"),
              HasSubstr("x.yaml:4:9: there is no recipe of this name; did you mean"));
  EXPECT_THAT(named("./gone.yaml"), HasSubstr("x.yaml:4:9: the file `./gone.yaml` cannot be read"));
  EXPECT_THAT(named("/"), HasSubstr("cannot be read"));
  EXPECT_THAT(named(""), HasSubstr("cannot be read"));
}

}  // namespace
}  // namespace signalbox::testing
