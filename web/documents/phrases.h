// What pages say of a board, in a language. What machines read is in words.h, and in English.
#pragma once

#include <string>
#include <string_view>

#include "web/documents/edition.h"
#include "web/documents/words.h"

namespace signalbox::web {

/// The state as people call it; English keeps to the word that staff writes.
const std::string& state_word(const Language& language, State state);
const std::string& phase_word(const Language& language, Phase phase);
/// The phase shown for an incident: resolved once it is, post-mortem with one.
const std::string& phase_of(const Language& language, const Incident& incident);
const std::string& stage_word(const Language& language, Stage stage);

/// The one sentence that tells the truth: "API is down; JS has issues."
std::string headline(const Language& language, const Snapshot& snapshot);
/// The same in few words, where the services are named beside it: "1 down, 3 with issues."
std::string counted_headline(const Language& language, const Snapshot& snapshot);
/// `99.987%`: cut, never rounded, to three decimals; exactly all is `100.00%`.
std::string share(const Language& language, double good, double total);

/// What readers must know of us.
std::string trouble_words(const Language& language, const PageFacts& page,
                          const OwnTrouble& banner);

/// Who spoke: the author where one is configured, on which network; measurement when no account
/// did; "" when nothing is known of them.
std::string speaker(const Language& language, const Source& source, bool automatic);

/// "Measured UP: 97.3 % of 12,400 requests in 5 min, up to": an instant follows.
std::string measured_text(const Edition& edition, const Measurement& measured);
/// What stands beside a state: "stated DOWN; measured 62 %"; "" for nothing.
std::string note_text(const Language& language, const Standing& standing);
/// The named reason of a state.
std::string reason_text(const Language& language, std::string_view reason);

}  // namespace signalbox::web
