#include <algorithm>
#include <utility>

#include "base/text.h"
#include "grammar/scan.h"
#include "grammar/suggest.h"

namespace signalbox::grammar {
namespace {

std::string_view last_word(std::string_view names) { return names.substr(names.rfind('-') + 1); }

/// Where the last `-` or `,` stands; 0 when there is none.
std::size_t last_joint(std::string_view names) {
  const auto joint =
      std::find_if(names.rbegin(), names.rend(), [](char c) { return c == '-' || c == ','; });
  return joint == names.rend() ? 0 : static_cast<std::size_t>(names.rend() - joint) - 1;
}

/// `names`, when they are a whole head's with a word in capitals.
std::optional<Subject> shouted_subject(std::string_view names, const Lexicon::Words& words) {
  if (!is_shouted(last_word(names))) return {};
  std::optional<Subject> subject = understand(names, words);
  if (!subject || subject->word == nullptr) return {};
  return subject;
}

/// `API-DOWN disks caught fire`, `API-DOWN - disks caught fire`. Where the message begins with a
/// dash, tidying has drawn its first word to the names: so the beginnings of the names are looked
/// at too, the longest first.
std::optional<Mistake> without_colon(const Head& head, const Lexicon::Words& words) {
  const std::string_view names = head.names();
  std::size_t end = names.size();
  for (int tries = 0; tries < 4 && end > 0; ++tries) {
    if (const auto subject = shouted_subject(names.substr(0, end), words)) {
      std::string message(names.substr(std::min(end + 1, names.size())));
      if (!message.empty()) message += ' ';
      Head meant;
      message += head.rest;
      meant.rest = message;
      meant.window = head.window;
      return Mistake{"missing_colon",
                     "a colon goes between head and message: " + spelt(*subject) + ": …",
                     corrected_line(spelt(*subject), meant)};
    }
    end = last_joint(names.substr(0, end));
  }
  return {};
}

bool begins_in_capitals(std::string_view text) {
  return text.size() >= 2 && is_shouted(text.substr(0, 2));
}

/// `API DOWN: …`.
std::optional<Mistake> without_dash(const Head& head, const Lexicon::Words& words) {
  if (!begins_in_capitals(head.rest)) return {};
  const Head rest = read_head(head.rest);
  if (rest.end != HeadEnd::colon || !is_shouted(rest.names())) return {};
  const Word* word = find_word(rest.names());
  if (word == nullptr) return {};
  std::optional<Subject> subject = understand(head.names(), words);
  if (!subject || subject->word != nullptr) return {};
  subject->word = word;
  return Mistake{"missing_dash", "a dash goes between target and state: " + spelt(*subject),
                 corrected_line(spelt(*subject), rest)};
}

/// The first line's text before its first `:`, when it is short and ends in a capital letter or a
/// window: what may be a head after other words.
std::optional<std::string_view> lead(std::string_view text) {
  constexpr std::size_t kLongest = 80;
  const std::string_view line = text.substr(0, kLongest);
  std::size_t end = line.find(':');
  if (end == std::string_view::npos) return {};
  // Times in a window have colons of their own.
  const std::size_t open = line.find('[');
  end = std::min(end, open);
  std::string_view before = line.substr(0, end);
  if (before.find('\n') != std::string_view::npos) return {};
  before = trim(before);
  if (before.empty() || before.back() < 'A' || before.back() > 'Z') return {};
  return before;
}

bool begins_plainly(std::string_view text) {
  const Kind kind = glyph_at(text, 0).kind;
  return kind == Kind::name || kind == Kind::foreign || text.starts_with('@');
}

/// `FYI API-DOWN: …`, `@bob API-DOWN: …`, `Public API-DOWN: …`.
std::optional<Mistake> after_other_words(std::string_view text, const Lexicon::Words& words) {
  if (!begins_plainly(text)) return {};
  const auto before = lead(text);
  if (!before) return {};
  const std::size_t dash = before->rfind('-');
  if (dash == std::string_view::npos || dash == 0) return {};
  const std::string_view tail = before->substr(dash + 1);
  if (!is_shouted(tail) || find_word(tail) == nullptr) return {};
  const std::size_t start = before->find_last_of(" \t") + 1;
  Mistake mistake{"words_before_head", "a report begins with its target, with nothing before it",
                  ""};
  const Head inner = read_head(text.substr(start));
  if (inner.end != HeadEnd::colon) return {};
  if (const auto subject = understand(inner.names(), words); subject && subject->word) {
    mistake.suggestion = corrected_line(spelt(*subject), inner);
  }
  return mistake;
}

}  // namespace

std::optional<Mistake> misplaced(const Head& head, std::string_view text,
                                 const Lexicon::Words& words) {
  if (!head.names().empty()) {
    if (auto mistake = without_colon(head, words)) return mistake;
    if (auto mistake = without_dash(head, words)) return mistake;
  }
  return after_other_words(text, words);
}

std::string corrected_line(std::string_view names, const Head& head) {
  const std::string message = valid_utf8(trim(head.rest));
  if (message.empty()) return "";
  std::string line(names);
  if (head.window) line += " [" + valid_utf8(*head.window) + "]";
  return line + ": " + message;
}

std::string spelt(const Subject& subject) {
  const std::string names = join(subject.targets, ",");
  return subject.word ? names + "-" + std::string(subject.word->text) : names;
}

std::string shown(std::string_view piece) {
  return shorten(one_line(valid_utf8(piece.substr(0, 200))), 40);
}

}  // namespace signalbox::grammar
