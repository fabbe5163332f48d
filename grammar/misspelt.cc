#include <algorithm>
#include <utility>
#include <vector>

#include "base/text.h"
#include "grammar/distance.h"
#include "grammar/suggest.h"

namespace signalbox::grammar {
namespace {

/// A name as written, and what it may stand for.
struct TargetGuess {
  std::string_view written;
  const Target* target = nullptr;  ///< null: nothing is near
  bool known = false;              ///< written right but for case
};

/// A head as it was perhaps meant.
struct Guess {
  std::vector<TargetGuess> targets;
  std::string_view tail;  ///< the word as written
  const Word* word = nullptr;
  bool word_known = false;
};

struct Halves {
  std::string_view front, tail;
};

Halves halves(std::string_view name, std::size_t dash) {
  return {name.substr(0, dash), name.substr(dash + 1)};
}

/// Where a name that is no target and word was meant to be split: before a known word, else after a
/// known target, else at its last dash.
std::optional<Halves> split_meant(std::string_view name, const Lexicon::Words& words) {
  const std::size_t last = name.rfind('-');
  if (last == std::string_view::npos || name.starts_with('-')) return {};
  if (find_word(name.substr(last + 1)) != nullptr) return halves(name, last);
  for (std::size_t dash = name.rfind('-', words.longest_name);
       dash != std::string_view::npos && dash > 0; dash = name.rfind('-', dash - 1)) {
    if (words.find(name.substr(0, dash)) != nullptr) return halves(name, dash);
  }
  return halves(name, last);
}

/// At most `most` slips are pardoned.
TargetGuess guess_target(std::string_view written, std::size_t most, const Lexicon::Words& words) {
  if (const Target* target = words.find(written)) return {written, target, true};
  TargetGuess guess{written, nullptr, false};
  std::size_t fewest = most + 1;
  for (const Target& target : words.targets) {
    const std::size_t pardoned = std::min(pardoned_slips(target.name.size()), fewest - 1);
    const std::size_t found = slips(written, target.name, pardoned);
    if (found > pardoned) continue;
    guess.target = &target;
    fewest = found;
    if (fewest == 1) break;
  }
  return guess;
}

const Word* nearest_word(std::string_view written) {
  const Word* nearest = nullptr;
  std::size_t fewest = 3;
  for (const Word& word : all_words()) {
    const std::size_t pardoned = std::min(pardoned_slips(word.text.size()), fewest - 1);
    const std::size_t found = slips(written, word.text, pardoned);
    if (found > pardoned) continue;
    nearest = &word;
    fewest = found;
    if (fewest == 1) break;
  }
  return nearest;
}

std::optional<Guess> guess_head(std::string_view names, const Lexicon::Words& words) {
  const std::size_t last = last_name(names);
  const auto meant = split_meant(names.substr(last), words);
  if (!meant) return {};
  Guess guess;
  guess.tail = meant->tail;
  guess.word = find_word(meant->tail);
  guess.word_known = guess.word != nullptr;
  // In plain language two slips from a target lies many a word.
  const std::size_t most = is_shouted(guess.tail) ? 2 : 1;
  guess.targets.push_back(guess_target(meant->front, most, words));
  // Without a known word or a known last target nothing is near enough to look at a long list.
  if (!guess.word_known && !guess.targets[0].known && most == 1) return {};
  if (!guess.word_known) guess.word = nearest_word(meant->tail);
  for (std::size_t at = 0; at < last;) {
    const std::size_t size = first_name(names.substr(at));
    guess.targets.push_back(guess_target(names.substr(at, size), most, words));
    if (guess.targets.back().target == nullptr) break;
    at += size + 1;
  }
  // The one before the word was taken first; it stands last.
  std::rotate(guess.targets.begin(), guess.targets.begin() + 1, guess.targets.end());
  return guess;
}

bool all_known(const Guess& guess) {
  return std::all_of(guess.targets.begin(), guess.targets.end(), [](auto& t) { return t.known; });
}

bool all_near(const Guess& guess) {
  return std::all_of(guess.targets.begin(), guess.targets.end(), [](auto& t) { return t.target; });
}

bool any_known(const Guess& guess) {
  return std::any_of(guess.targets.begin(), guess.targets.end(), [](auto& t) { return t.known; });
}

/// Whether somebody meant a report by it, and not a compound word of plain language.
bool is_meant(const Guess& guess) {
  const bool shouted = is_shouted(guess.tail);
  if (all_known(guess)) {
    const TargetGuess& last = guess.targets.back();
    return guess.word != nullptr || (shouted && last.written == last.target->name);
  }
  if (guess.word_known) return shouted || all_near(guess) || any_known(guess);
  return shouted && guess.word != nullptr && all_near(guess);
}

std::string names_of(const Guess& guess) {
  std::string names;
  for (const TargetGuess& target : guess.targets) {
    if (!names.empty()) names += ',';
    names += target.target->name;
  }
  return names + "-" + std::string(guess.word->text);
}

Mistake mistake_of(const Guess& guess, const Head& head, const Lexicon::Words& words) {
  Mistake mistake;
  const auto unknown = std::find_if(guess.targets.begin(), guess.targets.end(),
                                    [](const TargetGuess& target) { return !target.known; });
  if (unknown != guess.targets.end()) {
    mistake.reason = "unknown_service";
    mistake.what = "nothing here is called '" + shown(unknown->written) + "': begin with one of " +
                   words.listed;
  } else {
    mistake.reason = "unknown_word";
    mistake.what = "'" + shown(guess.tail) + "' is no state: write UP, ISSUE, DOWN or MAINT";
  }
  if (guess.word != nullptr && all_near(guess)) {
    mistake.suggestion = corrected_line(names_of(guess), head);
  }
  return mistake;
}

/// The names of a list without what is no name: `API` and `JS-DOWN` of `,API,,JS-DOWN`. A word that
/// a comma parts from its target comes back to it: `API-DOWN` of `API,-DOWN`.
std::string without_gaps(std::string_view names) {
  std::string kept;
  for (std::size_t at = 0; at < names.size();) {
    const std::string_view name = names.substr(at, first_name(names.substr(at)));
    at += name.size() + 1;
    if (name.empty()) continue;
    if (!kept.empty() && !name.starts_with('-')) kept += ',';
    kept += name;
  }
  return kept;
}

/// `,API-DOWN: …`, `API,,JS-DOWN: …`, `API,-DOWN: …`: a comma with no target on one side.
std::optional<Mistake> gap(std::string_view names, const Head& head, const Lexicon::Words& words) {
  const std::string meant = without_gaps(names);
  if (meant.size() == names.size()) return {};
  const std::optional<Subject> subject = understand(meant, words);
  if (!subject || subject->word == nullptr) return {};
  return Mistake{"missing_target",
                 "a comma stands between two targets and nowhere else: " + spelt(*subject) + ": …",
                 corrected_line(spelt(*subject), head)};
}

/// `API-DOWN,JS-UP: …`: a word before the last name.
std::optional<Mistake> two_words(std::string_view names, const Lexicon::Words& words) {
  const std::size_t mark = first_name(names);
  if (mark == names.size()) return {};
  const auto first = split_name(names.substr(0, mark), words);
  if (!first || first->word == nullptr) return {};
  return Mistake{"two_words", "one post says one word, after the last target: make it two posts",
                 ""};
}

/// `APIDOWN: …`, `API_DOWN: …`.
std::optional<Mistake> glued(std::string_view names, const Head& head,
                             const Lexicon::Words& words) {
  if (names.back() < 'A' || names.back() > 'Z') return {};
  for (const Word& word : all_words()) {
    if (!names.ends_with(word.text)) continue;
    std::string_view front = names.substr(0, names.size() - word.text.size());
    while (front.ends_with('_') || front.ends_with('.')) front.remove_suffix(1);
    const Target* target = words.find(front);
    if (target == nullptr) continue;
    const std::string meant = target->name + "-" + std::string(word.text);
    return Mistake{"missing_dash", "a dash goes between target and state: " + meant,
                   corrected_line(meant, head)};
  }
  return {};
}

}  // namespace

std::optional<Mistake> misspelt(const Head& head, const Lexicon::Words& words) {
  const std::string_view names = head.names();
  if (names.empty()) return {};
  if (auto mistake = gap(names, head, words)) return mistake;
  if (auto mistake = two_words(names, words)) return mistake;
  const std::optional<Guess> guess = guess_head(names, words);
  if (guess && is_meant(*guess)) return mistake_of(*guess, head, words);
  return glued(names, head, words);
}

}  // namespace signalbox::grammar
