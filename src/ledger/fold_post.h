// Folds a received post by the verdict it got.
#pragma once

#include <cstdint>

#include "model/book.h"

namespace signalbox::ledger {

void fold_post(Book& book, std::uint64_t seq, const PostReceived& received, Time now);
/// Folds an operator's order.
void fold_command(Book& book, std::uint64_t seq, const Commanded& order, Time now);
/// Folds something that ran out.
void fold_elapsed(Book& book, std::uint64_t seq, const Elapsed& elapsed, Time now);
/// The deleted post that an Elapsed deletion_final names: "ACCOUNT ID". Null when nobody follows it
/// any more.
const FollowedPost* named(const Book& book, const std::string& subject);

}  // namespace signalbox::ledger
