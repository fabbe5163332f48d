// Leading mentions of us: `@status`, `@status@mastodon.example`, in any case, also several.
#pragma once

#include <string_view>

#include "grammar/lexicon.h"

namespace signalbox::grammar {

/// A post without its white space and our mentions in front.
struct Opening {
  std::string_view rest;   ///< a view into the post, from its first character that counts
  bool addressed = false;  ///< a mention of us was there
};

/// Skips what stands before the head. A mention ends at white space, at the post's end, or at one
/// `:` or `,` (people write `@status: API-DOWN: …`). A handle configured without a host is met with
/// any host and with none; one configured with a host is met with that host and with none. A
/// mention of somebody else stays.
Opening skip_mentions(std::string_view text, const Lexicon::Words& words);

}  // namespace signalbox::grammar
