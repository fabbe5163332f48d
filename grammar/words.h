// The words that may follow a target in a head: states, their synonyms, and phases.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "model/state.h"

namespace signalbox::grammar {

/// A word and what it says. `state` is none for the phases that set no state; RESOLVED and DONE say
/// UP.
struct Word {
  std::string_view text;  ///< in capitals, as in GRAMMAR.md
  std::optional<State> state;
  std::optional<Phase> phase;
};

/// Every word, each state before its synonyms.
std::span<const Word> all_words();
/// The word written as `text`, in any case; null when there is none.
const Word* find_word(std::string_view text);
/// The longest word's length: a longer text is none.
inline constexpr std::size_t kLongestWord = 13;

/// Whether `name` means something to the grammar itself, so that no target may be called so: a
/// word, ALL, UNTIL, HELP, STATUS, in any case.
bool is_reserved(std::string_view name);
/// Whether `text` is written in capitals only, as somebody writes who means a report: two ASCII
/// letters at least and nothing else.
bool is_shouted(std::string_view text);

}  // namespace signalbox::grammar
