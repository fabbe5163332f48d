#include "ledger/fold_post.h"

#include <algorithm>

#include "base/hash.h"
#include "ledger/edits.h"
#include "ledger/lookup.h"
#include "ledger/safety.h"
#include "ledger/take_back.h"
#include "ledger/thread.h"

namespace signalbox::ledger {
namespace {

PostRef ref(const Post& post) { return {post.account, post.id, post.thread}; }

/// The report in it; of a headless reply, one that only has a message.
Report understood(const PostReceived& received) {
  if (const auto* report = std::get_if<Report>(&received.sentence)) return *report;
  Report headless;
  headless.message = reply_text(received.post);
  return headless;
}

Said said(std::uint64_t seq, const PostReceived& received, Time now) {
  Said word;
  word.seq = seq;
  word.now = now;
  word.at = in_force(received.post, now);
  word.ref = ref(received.post);
  word.author = received.post.author;
  word.report = understood(received);
  word.source = received.source;
  return word;
}

void follow(Book& book, std::uint64_t seq, const PostReceived& received, FollowedPost post) {
  post.revision = received.post.revision;
  post.text = received.post.text;
  post.deleted.reset();
  if (received.tell) post.announcement = announcement_id(seq);
  const PostRef key = post.ref;
  book.fading.erase(key);
  book.followed[key] = std::move(post);
}

void remember(Book& book, const PostReceived& received, const Report& report, Time now) {
  const Time at = in_force(received.post, now);
  if (!report.services.empty()) {
    book.recent.push_back({report.services, report.state, report.phase, report.from, report.until,
                           report.message, at, now});
  }
  if (report.state && !received.console) {
    book.changes.push_back({author_key(received.post), at, now});
  }
}

/// A report that was applied needs nobody's confirmation any more, whoever waited with it.
void drop_held(Book& book, const Post& post, const Report& report) {
  std::erase_if(book.held, [&](const HeldReport& held) {
    const bool same_post = held.post.account == post.account && held.post.id == post.id;
    return same_post || says_the_same(held.report, report);
  });
}

void fold_applied(Book& book, std::uint64_t seq, const PostReceived& received, Time now) {
  const Said word = said(seq, received, now);
  const bool headless = std::holds_alternative<NotOurs>(received.sentence);
  follow(book, seq, received,
         headless ? fold_reply(book, word, received.incident)
                  : fold_said(book, word, received.lapses));
  if (headless) return;
  drop_held(book, received.post, word.report);
  remember(book, received, word.report, now);
}

/// The followed post that `received` is a version of, under the id it has now; nullopt when nobody
/// follows it.
std::optional<PostRef> current(Book& book, const PostReceived& received) {
  const auto* before = predecessor(book, received.post, received.sentence);
  if (before == nullptr) return std::nullopt;
  const PostRef once = before->ref;
  if (once.id == received.post.id) return once;
  rename(book, once, ref(received.post));
  return ref(received.post);
}

void no_longer_deleted(Book& book, const PostRef& key) {
  book.followed.at(key).deleted.reset();
  book.fading.erase(key);
}

void fold_corrected(Book& book, std::uint64_t seq, const PostReceived& received, Time now) {
  const auto key = current(book, received);
  if (!key) return fold_applied(book, seq, received, now);
  const FollowedPost before = book.followed.at(*key);
  Said word = said(seq, received, now);
  word.ref = *key;
  word.at = before.at;
  word.edited = true;
  word.kept_update = before.update;
  word.kept_in = before.incident;
  no_longer_deleted(book, *key);
  FollowedPost after = correct(book, before, word, received.lapses);
  after.formerly = before.formerly;
  follow(book, seq, received, std::move(after));
  drop_held(book, received.post, word.report);
  remember(book, received, word.report, now);
}

void fold_revised(Book& book, const PostReceived& received) {
  const auto key = current(book, received);
  if (!key) return;
  no_longer_deleted(book, *key);
  FollowedPost& post = book.followed.at(*key);
  const Report report = understood(received);
  post.revision = received.post.revision;
  post.text = received.post.text;
  if (report.message == post.report.message) return;
  post.report.message = report.message;
  revise(book, post, report.message);
}

void fold_duplicate(Book& book, std::uint64_t seq, const PostReceived& received, Time now) {
  FollowedPost post;
  post.ref = ref(received.post);
  post.author = received.post.author;
  post.report = understood(received);
  post.at = in_force(received.post, now);
  for (const auto& id : troubled_with(book, post.report.services)) {
    Incident& spoken = *incident(book, id);
    spoken.last_word = std::max(spoken.last_word, now);
    post.incident = id;
  }
  follow(book, seq, received, std::move(post));
}

/// A post was deleted after its author had repeated it: the repetition stands for it from now on.
void take_over(Book& book, const PostReceived& received) {
  const auto* gone = followed(book, received.post.account, received.post.id);
  const auto* newer = gone == nullptr ? nullptr : successor(book, *gone);
  if (newer == nullptr || !only_repeats(*newer)) return;
  const PostRef once = gone->ref;
  const FollowedPost repeated = *newer;
  book.followed.erase(repeated.ref);
  rename(book, once, repeated.ref);
  FollowedPost& post = book.followed.at(repeated.ref);
  post.text = repeated.text;
  post.revision = repeated.revision;
}

void fold_recorded(Book& book, std::uint64_t seq, const PostReceived& received, Time now) {
  if (received.reason == "duplicate_report") return fold_duplicate(book, seq, received, now);
  if (received.reason == "older_report") {
    return follow(book, seq, received, fold_older(book, said(seq, received, now)));
  }
  if (received.reason == "taken_over") return take_over(book, received);
  fold_revised(book, received);
}

void fold_withdrawn(Book& book, const PostReceived& received, Time now) {
  const Post& post = received.post;
  if (received.reason == "held_withdrawn") {
    std::erase_if(book.held, [&](const HeldReport& held) {
      return held.post.account == post.account && held.post.id == post.id;
    });
    return;
  }
  const auto* gone = earlier_version(book, post);
  if (gone == nullptr) return;
  const PostRef key = gone->ref;
  if (received.reason == "redrafted") return withdraw(book, key, now);
  book.followed.at(key).deleted = now;
  book.fading.insert(key);
}

void fold_held(Book& book, std::uint64_t seq, const PostReceived& received, Time now) {
  const Report report = understood(received);
  const auto again = std::find_if(book.held.begin(), book.held.end(), [&](const auto& held) {
    return author_key(held.post) == author_key(received.post) &&
           says_the_same(held.report, report) && held.report.message == report.message;
  });
  if (again != book.held.end()) book.held.erase(again);
  book.held.push_back({held_id(seq), received.post, report, received.reason, received.source, now,
                       received.lapses});
}

}  // namespace

void fold_post(Book& book, std::uint64_t seq, const PostReceived& received, Time now) {
  switch (received.verdict) {
    case Verdict::applied:
      return fold_applied(book, seq, received, now);
    case Verdict::corrected:
      return fold_corrected(book, seq, received, now);
    case Verdict::recorded:
      return fold_recorded(book, seq, received, now);
    case Verdict::withdrawn:
      return fold_withdrawn(book, received, now);
    case Verdict::held:
      return fold_held(book, seq, received, now);
    case Verdict::withheld:
    case Verdict::mistake:
    case Verdict::question:
    case Verdict::echo:
    case Verdict::ignored:
      return;
  }
}

}  // namespace signalbox::ledger
