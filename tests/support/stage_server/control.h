// The orders that a whole-program test gives to a stage while the program speaks with it:
// `/_stage/…`.
#pragma once

#include <string>

#include "net/http.h"
#include "tests/support/stage.h"

namespace signalbox::testing {

/// Carries out one order; a JSON answer. 404 for an unknown one, 400 for a body that is not as
/// told:
/// - `POST /_stage/post {text, author?, origin?, in_reply_to?, mentions_us?}` gives `{id}`; `edit
/// {id, text}`, `delete {id}`
/// - `GET /_stage/heard` gives `[{id, text, in_reply_to, key}]`; `requests` gives `{count}`;
/// `yaml?id=fedi&url=…` the
///   account's lines of configuration
/// - `POST /_stage/reads_mentions` has the account read them from here on, and gives `{colleague,
/// handle}`: whose mentions count, and whom they mention
/// - `POST /_stage/refuse {status, headers?, times?}`, `nonsense {times?}`, `lose {times}` or
/// `{percent, seed?}`,
///   `ignore_keys`
net::Response obey(Stage& stage, const net::Request& request);

}  // namespace signalbox::testing
