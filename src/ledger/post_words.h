// Where one post's words stand in the book: updates of incidents and maintenances, notices. Each
// walks over all of them.
#pragma once

#include <string>
#include <vector>

#include "ledger/said.h"

namespace signalbox::ledger {

/// Whether the post at `ref` said it.
template <typename Word>
bool by(const Word& word, const PostRef& ref) {
  return !ref.id.empty() && word.post_account == ref.account && word.post_id == ref.id;
}

/// Ids of the incidents with an update by `ref`, oldest first.
std::vector<std::string> incidents_with(const Book& book, const PostRef& ref);
std::vector<Update> updates_by(const Incident& incident, const PostRef& ref);
/// Marks its updates withdrawn and takes its post-mortem away.
void mark_withdrawn(Book& book, const PostRef& ref);
/// Ends or cancels the maintenance it announced, and drops what it said in others.
void cancel_maintenance(Book& book, const PostRef& ref, Time now);
/// The maintenance that `before` announced, when `said` plans it anew; else null. Its old words
/// there are dropped.
Maintenance* replanned(Book& book, const FollowedPost& before, const Said& said);
/// Puts a new text where its words are shown, and names incidents and maintenances it opened anew.
void revise_words(Book& book, const PostRef& ref, const std::string& message);
void rename_words(Book& book, const PostRef& once, const PostRef& now_called);

}  // namespace signalbox::ledger
