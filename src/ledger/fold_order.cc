#include <algorithm>

#include "ledger/fold_post.h"
#include "ledger/lookup.h"
#include "ledger/take_back.h"

namespace signalbox::ledger {
namespace {

Said released(const HeldReport& held, std::uint64_t seq, Time now) {
  Said word;
  word.seq = seq;
  word.now = now;
  word.at = now;
  word.ref = {held.post.account, held.post.id, held.post.thread};
  word.author = held.post.author;
  word.report = held.report;
  word.source = held.source;
  return word;
}

void release(Book& book, std::uint64_t seq, const std::string& id, Time now) {
  const auto found = std::find_if(book.held.begin(), book.held.end(),
                                  [&](const auto& held) { return held.id == id; });
  const HeldReport held = *found;
  book.held.erase(found);
  const Said word = released(held, seq, now);
  const auto* known = earlier_version(book, held.post);
  FollowedPost after;
  if (known != nullptr && known->ref.id == held.post.id) {
    after = correct(book, FollowedPost(*known), word, held.expires);
  } else {
    after = fold_said(book, word, held.expires);
  }
  after.revision = held.post.revision;
  after.text = held.post.text;
  after.announcement = announcement_id(seq);
  const PostRef key = after.ref;
  book.followed[key] = std::move(after);
  book.recent.push_back({word.report.services, word.report.state, word.report.phase,
                         word.report.from, word.report.until, word.report.message, now, now});
}

/// Takes back, newest first, all that `author` said since the first of too many changes.
void go_back(Book& book, const std::string& author, Time since, Time now) {
  std::vector<std::pair<Time, PostRef>> words;
  for (const auto& [key, post] : book.followed) {
    if (key.account + " " + post.author == author && post.at >= since) {
      words.emplace_back(post.at, key);
    }
  }
  std::sort(words.rbegin(), words.rend());
  for (const auto& [at, key] : words) withdraw(book, key, now);
  std::erase_if(book.changes, [&](const Change& change) {
    return change.author == author && change.at >= since;
  });
}

}  // namespace

void fold_command(Book& book, std::uint64_t seq, const Commanded& order, Time now) {
  switch (order.what) {
    case Commanded::What::freeze:
      book.frozen.insert(order.subject);
      return;
    case Commanded::What::thaw:
      book.frozen.erase(order.subject);
      return;
    case Commanded::What::release:
      return release(book, seq, order.subject, now);
    case Commanded::What::discard:
      std::erase_if(book.held, [&](const auto& held) { return held.id == order.subject; });
      return;
    case Commanded::What::go_back:
      return go_back(book, order.subject, order.since.value_or(now), now);
  }
}

}  // namespace signalbox::ledger
