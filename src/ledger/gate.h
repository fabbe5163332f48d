// Whose words count: frozen accounts, our own echo, other people's words passed on, and strangers
// stop here.
#pragma once

#include <optional>

#include "ledger/decision.h"

namespace signalbox::ledger {

/// Why the post goes no further, or nullopt when its author may speak.
std::optional<Decision> gate(const Case& post);
/// Whether `policy` lets `post`'s author speak.
bool allowed(const AccountPolicy& policy, const Post& post);
/// Whether a notice counts here: always, or only when it begins by mentioning us.
bool notice_counts(const AccountPolicy& policy, const Post& post);

}  // namespace signalbox::ledger
