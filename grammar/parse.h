// What a post says: a report, a mistake worth a hint, a question, or nothing for us. The heart of
// the product; grammar/GRAMMAR.md is its public text.
#pragma once

#include <string_view>

#include "base/time.h"
#include "grammar/lexicon.h"
#include "model/report.h"

namespace signalbox::grammar {

/// Reads one post. `now` resolves times without a date. Pure, thread-safe, never throws; owns what
/// it returns. `text` may be any bytes: invalid UTF-8 is read as U+FFFD. `addressed`: the network
/// already told that it mentions us.
Sentence parse(std::string_view text, const Lexicon& lexicon, Time now, bool addressed = false);

}  // namespace signalbox::grammar
