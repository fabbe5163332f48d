// Whom a head speaks of, and in which word.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/lexicon.h"
#include "grammar/targets.h"
#include "grammar/words.h"

namespace signalbox::grammar {

/// A head's names, understood.
struct Subject {
  std::vector<std::string> targets;   ///< as configured, in the head's order, no repeats
  std::vector<std::string> services;  ///< what they stand for, no repeats
  const Word* word = nullptr;         ///< null: a notice
  bool exact = true;                  ///< every target is written as it is configured
};

/// One name of a head split at the `-` before its word.
struct Split {
  const Target* target = nullptr;
  const Word* word = nullptr;
  std::string_view front;  ///< the target as written
  std::string_view tail;   ///< the word as written; empty without one
};

/// Splits `name` at its last `-` whose tail is a word and whose front is a target; a name that does
/// not split is a target without a word. Nothing when it is neither. So ids may hold dashes, and
/// the longest known target wins.
std::optional<Split> split_name(std::string_view name, const Lexicon::Words& words);

/// Understands tidy names (`API,JS-DOWN`). Nothing when a name is unknown or a word stands
/// elsewhere than at the end.
std::optional<Subject> understand(std::string_view names, const Lexicon::Words& words);

/// The length of the first name of a list, up to `,` `+` `&` or its end.
std::size_t first_name(std::string_view names);
/// Where the last name of a list begins.
std::size_t last_name(std::string_view names);

}  // namespace signalbox::grammar
