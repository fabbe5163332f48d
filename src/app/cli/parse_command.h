// `signalbox parse`: what the grammar makes of posts, one JSON object a line, without a server.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "base/zone.h"
#include "grammar/lexicon.h"

namespace signalbox::app {

/// What `signalbox parse` was called with.
struct ParseOrder {
  std::string config;
  std::string now;                 ///< ISO-8601; without an offset on the page's clock; "": now
  std::vector<std::string> texts;  ///< none: each line of `in`
};

/// Prints one line a text. 0, or 2 with the configuration's mistakes or a bad `now` on `err`.
/// Secrets need not be there: nobody is spoken to.
int parse_command(const ParseOrder& order, const Clock& clock, std::istream& in, std::ostream& out,
                  std::ostream& err);

/// What one post says as JSON: kind, services, state, phase, from, until, message and suggestion,
/// always all of them; a mistake also has its reason and what is wrong. Times are in `zone`.
std::string parsed_json(std::string_view text, const grammar::Lexicon& lexicon, const Zone& zone,
                        Time now);

}  // namespace signalbox::app
