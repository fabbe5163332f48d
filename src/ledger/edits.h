// What a new version of a followed post does, and a deletion: revised, corrected, withdrawn, or
// nothing.
#pragma once

#include <optional>

#include "ledger/decision.h"

namespace signalbox::ledger {

/// Decides on a deletion. A held post's deletion drops it; one that was followed by a newer post of
/// the same words is settled at once, any other after its grace.
Decision deletion(const Case& c);
/// The newest post by the same author, said after `gone`, that touches one of the same services; or
/// null.
const FollowedPost* successor(const Book& book, const FollowedPost& gone);
/// Whether it was recorded as a repetition and did nothing of its own.
bool only_repeats(const FollowedPost& post);
/// Decides on a new version of `before`.
Decision edit(const Case& c, const FollowedPost& before);
/// The deleted post, still in its grace, that this new one by the same author stands for ("delete
/// and redraft").
const FollowedPost* redrafted(const Book& book, const Post& post, const Sentence& sentence);
/// The followed post that `post` replaces, by any of these ways; null when it is new.
const FollowedPost* predecessor(const Book& book, const Post& post, const Sentence& sentence);

}  // namespace signalbox::ledger
