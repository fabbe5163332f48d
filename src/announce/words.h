// What staff's words and the ledger's own clock make us say, one function a case.
#pragma once

#include <optional>
#include <vector>

#include "announce/announce.h"

namespace signalbox::announce {

/// A ledger event with what it is told from. The references outlive it.
struct Telling {
  Time at{};
  const Book& before;
  const Book& after;
  const Snapshot& board;
  const Habits& habits;
};

/// The post in the book, by its id or the one it replaces; null when it is not followed.
const FollowedPost* followed(const Book& book, const Post& post);

/// Staff's word for the other accounts; a correction of it; its withdrawal.
Announcement staff_word(const PostReceived& what, const Telling& telling);
Announcement correction(const PostReceived& what, const Telling& telling);
std::optional<Announcement> cancellation(const PostReceived& what, const Telling& telling);
std::optional<Announcement> withdrawal(const std::string& subject, const Telling& telling);

/// Answers to the author of a post.
Announcement hint(const PostReceived& what);
Announcement answer(const PostReceived& what, const Telling& telling);
/// Staff called UP what measurement still finds worse.
std::optional<Announcement> still_measured_worse(const PostReceived& what, const Telling& telling);
/// To the author, and to the other staff accounts.
std::vector<Announcement> held(const PostReceived& what);

/// What ran out and asks staff for something.
std::optional<Announcement> reminder(const Elapsed& what, const Telling& telling);
/// The incidents that were closed because their services left the page: for staff, who alone knows
/// whether the trouble is over.
std::vector<Announcement> closed_by_leaving(const Telling& telling);

}  // namespace signalbox::announce
