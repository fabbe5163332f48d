// Near misses: posts that look like a report and are none, with the line their author meant.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grammar/head.h"
#include "grammar/subject.h"
#include "model/report.h"

namespace signalbox::grammar {

/// What is nearly right about a whole head (its end is a colon) that could not be understood: an
/// unknown target before a known word, a mistyped word after a known target. Nothing for ordinary
/// chat: `note: …`, `well-known: …`, `follow-up: …`. GRAMMAR.md ("Mistakes") has the rules.
std::optional<Mistake> misspelt(const Head& head, const Lexicon::Words& words);

/// What is nearly right about a post whose beginning is no whole head: a report without its colon,
/// without its dash, or after other words. `text` is the post without our mentions.
std::optional<Mistake> misplaced(const Head& head, std::string_view text,
                                 const Lexicon::Words& words);

/// `names`, the head's window, and its message as a line; "" when there is no message.
std::string corrected_line(std::string_view names, const Head& head);

/// `API,JS-DOWN`: a subject's names as the page spells them.
std::string spelt(const Subject& subject);

/// A piece of a post as it may be shown in a hint: short, one line, valid.
std::string shown(std::string_view piece);

}  // namespace signalbox::grammar
