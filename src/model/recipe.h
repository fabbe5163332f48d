// A recipe: what to ask of a far side, and how its answer is understood as UP, ISSUE, DOWN or
// pending. As it was written, each text with its place; docs/recipes.md is its manual. The loader
// reads it, the check of kind `recipe` works by it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace signalbox {

/// A text of a recipe's file. It may hold `${NAME}`: what the check sets for that setting.
struct Written {
  std::string text;
  int line = 0;  ///< 0: it is not there
  int column = 0;

  bool given() const { return line > 0; }
};

/// What is wrong at a place of a recipe's file.
struct RecipeFlaw {
  std::string file;
  int line = 0;
  int column = 0;
  std::string what;
};

/// A recipe's file, read and found to be of the right shape.
struct Recipe {
  std::string name;               ///< as the check names it: "statuspage", "recipes/own.yaml"
  std::string file;               ///< for messages
  std::uint64_t fingerprint = 0;  ///< equal for an unchanged file

  /// What a check by this recipe may be told beside its own keys.
  struct Setting {
    enum class As { text, list, url, secret, pattern, duration, state };
    std::string name;
    As as = As::text;
    bool required = false;
    Written otherwise;                ///< its default
    std::vector<std::string> one_of;  ///< empty: anything
    Written matches;                  ///< RE2, from end to end
  };
  /// What a value must be; all that is given must hold. Values are texts.
  struct Test {
    std::vector<Written> is, is_not;  ///< one of these; none of these
    Written matches, lacks;           ///< RE2 found in it; not found in it
    Written above, below;             ///< a number; of `latency`, a duration
    Written older, younger;           ///< a time so long ago; `younger: 0s` is still to come
  };
  /// Of each thing looked at: what is at `at` inside it passes.
  struct Condition {
    Written at;
    Test test;
  };
  enum class Look { status, latency, header, text, json, css, xpath };
  /// Where to look, what to compare, and what follows.
  struct Rule {
    Look look = Look::status;
    Written at;                    ///< name, pointer, selector, path or pattern
    std::vector<Condition> where;  ///< only things for which all hold
    Written newest;                ///< of those, the one whose time here is the latest
    Written each;                  ///< … of each group that is equal here
    Written of;                    ///< then what is here inside it
    Test test;
    bool all = false;                        ///< every thing must pass, not just one
    std::optional<Test> count;               ///< instead: how many pass
    std::vector<std::string> given, unless;  ///< settings: only with one of these, with none
    Written state;                           ///< UP, ISSUE, DOWN or pending
  };
  using Named = std::pair<std::string, Written>;
  /// One request, and what of its answer goes into the next.
  struct Step {
    Written url;
    std::vector<Named> query, headers;
    std::vector<std::string> given, unless;
    std::vector<Rule> rules;  ///< that decide without asking on
    std::vector<Named> take;  ///< names to JSON pointers
  };

  std::vector<Setting> settings;
  std::vector<Step> steps;
  std::vector<Rule> needs;      ///< what the last answer must have, or it makes no sense
  std::vector<Rule> rules;      ///< of the last answer: the first that matches decides
  bool silence_is_down = true;  ///< no answer: a failed try, or no evidence at all
};

}  // namespace signalbox
