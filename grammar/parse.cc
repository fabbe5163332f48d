#include "grammar/parse.h"

#include <utility>
#include <variant>

#include "base/text.h"
#include "grammar/head.h"
#include "grammar/mention.h"
#include "grammar/subject.h"
#include "grammar/suggest.h"
#include "grammar/targets.h"
#include "grammar/when.h"

namespace signalbox::grammar {
namespace {

template <typename Near>
Sentence mistake_or_nothing(std::optional<Near> mistake) {
  if (mistake) return *std::move(mistake);
  return NotOurs{};
}

/// A notice's target must be written as it is configured: `api: anyone up for lunch?` is for
/// others.
bool is_notice(const Subject& subject, const Head& head) {
  return subject.exact && !head.forgiven && (!head.window || has_window_form(*head.window));
}

/// Made where it is given back: most of a report's cost is the moving of its parts.
Sentence accepted(Subject&& subject, std::string_view message,
                  const std::optional<Window>& window) {
  Sentence sentence{std::in_place_type<Report>};
  Report& report = *std::get_if<Report>(&sentence);
  report.message = valid_utf8(message);
  report.targets = std::move(subject.targets);
  report.services = std::move(subject.services);
  if (subject.word) {
    report.state = subject.word->state;
    report.phase = subject.word->phase;
  }
  if (window) {
    report.from = window->from;
    report.until = window->until;
  }
  return sentence;
}

Sentence report(Subject&& subject, const Head& head, const std::optional<Window>& window) {
  const std::string_view message = trim(head.rest);
  if (message.empty()) {
    return Mistake{"empty_message", "say what happened after the colon: " + spelt(subject) + ": …",
                   ""};
  }
  return accepted(std::move(subject), message, window);
}

Sentence windowed(Subject&& subject, const Head& head, const Zone& zone, Time now) {
  if (!subject.word) {
    return Mistake{
        "window_on_notice",
        "a notice has no window: add a state, as in " + spelt(subject) + "-MAINT",
        corrected_line(
            spelt(subject),
            Head{.end = head.end, .plain = {}, .tidy = {}, .window = {}, .rest = head.rest})};
  }
  auto window = read_window(*head.window, *subject.word, zone, now);
  if (auto* misfit = std::get_if<Misfit>(&window)) {
    return Mistake{std::move(misfit->reason), std::move(misfit->what), ""};
  }
  return report(std::move(subject), head, std::get<Window>(window));
}

/// A head that ends as a head should.
Sentence whole(const Head& head, const Lexicon::Words& words, Time now) {
  if (head.rest.starts_with("//")) return NotOurs{};  // an address: `API://…`
  std::optional<Subject> subject = understand(head.names(), words);
  if (!subject) return mistake_or_nothing(misspelt(head, words));
  if (!subject->word && !is_notice(*subject, head)) return NotOurs{};
  if (head.window) return windowed(*std::move(subject), head, words.zone, now);
  return report(*std::move(subject), head, {});
}

/// `status?`, `API?`.
Sentence question(const Head& head, const Lexicon::Words& words, bool addressed) {
  if (!addressed || head.window) return NotOurs{};
  if (equal_ignoring_case(head.names(), "status")) return Question{};
  std::optional<Subject> subject = understand(head.names(), words);
  if (!subject || subject->word) return NotOurs{};
  return Question{std::move(subject->services)};
}

/// `API-MAINT [02:00/2h: …`.
Sentence unclosed(const Head& head, const Lexicon::Words& words) {
  const std::optional<Subject> subject = understand(head.names(), words);
  if (!subject || !subject->word) return NotOurs{};
  return Mistake{"bad_window", "the [ of the window has no ] before the end of the line", ""};
}

}  // namespace

Sentence parse(std::string_view text, const Lexicon& lexicon, Time now, bool addressed) {
  const Lexicon::Words& words = lexicon.words();
  const Opening opening = skip_mentions(text, words);
  const Head head = read_head(opening.rest);
  switch (head.end) {
    case HeadEnd::colon:
      return whole(head, words, now);
    case HeadEnd::question:
      return question(head, words, addressed || opening.addressed);
    case HeadEnd::unclosed:
      return unclosed(head, words);
    case HeadEnd::broken:
      return mistake_or_nothing(misplaced(head, opening.rest, words));
  }
  return NotOurs{};
}

}  // namespace signalbox::grammar
