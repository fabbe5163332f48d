// Replies without a head, in the thread of an incident's post: they speak in that incident.
#pragma once

#include "ledger/decision.h"

namespace signalbox::ledger {

/// Reads a reply that the grammar found to be not ours: `IDENTIFIED: bad deploy` becomes a report
/// on the incident's open services; other words become a headless update where the account's
/// `thread_replies` say so. Anything else stays.
void follow_thread(Case& c);
/// A reply's text without the mentions it begins with.
std::string reply_text(const Post& post);

}  // namespace signalbox::ledger
