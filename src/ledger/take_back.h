// Words taken back or rewritten: deletions, corrections, revised texts, and the console's way back.
// Walks over history: for rare events only.
#pragma once

#include "ledger/said.h"

namespace signalbox::ledger {

/// Takes back all that a followed post did: its services are stated as before, its updates marked
/// withdrawn, an incident with no other words resolved. No longer followed.
void withdraw(Book& book, const PostRef& ref, Time now);
/// Replaces what the followed post `before` said by `said`, at its own place in time.
FollowedPost correct(Book& book, const FollowedPost& before, const Said& said,
                     std::optional<Time> notice_until);
/// Puts a revised text into every place that shows the post's words.
void revise(Book& book, const FollowedPost& before, const std::string& message);
/// The followed post is now known as `now_called`; everything that names it follows.
void rename(Book& book, const PostRef& once, const PostRef& now_called);

}  // namespace signalbox::ledger
