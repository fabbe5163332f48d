#include "ledger/edits.h"

#include <algorithm>

#include "base/text.h"
#include "ledger/judge.h"
#include "ledger/lookup.h"
#include "ledger/safety.h"

namespace signalbox::ledger {
namespace {

/// The same but for the message.
bool same_head(const Report& a, const Report& b) {
  return a.state == b.state && a.phase == b.phase && a.from == b.from && a.until == b.until &&
         same_set(a.services, b.services);
}

Decision same_text(const FollowedPost& before) {
  if (before.deleted) return {Verdict::recorded, "restored"};
  return ignored("unchanged");
}

Decision revised(const Case& c, const FollowedPost& before, const std::string& message) {
  if (message == before.report.message) return same_text(before);
  return {Verdict::recorded, before.ref.id == c.post.id ? "text_revised" : "redrafted"};
}

Decision corrected(const Case& c, const Report& report) {
  if (auto refused = phase_mistake(c, report)) return *refused;
  if (auto waits = held_back(c, report)) return *waits;
  Decision decision{Verdict::corrected, "corrected", true};
  if (report.is_notice()) decision.lapses = c.at() + c.rules.notice_shown;
  return decision;
}

}  // namespace

const FollowedPost* redrafted(const Book& book, const Post& post, const Sentence& sentence) {
  const auto* report = std::get_if<Report>(&sentence);
  if (report == nullptr) return nullptr;
  for (const auto& ref : book.fading) {
    const auto found = book.followed.find(ref);
    if (found == book.followed.end()) continue;
    const FollowedPost& gone = found->second;
    if (ref.account == post.account && gone.author == post.author && ref.id != post.id &&
        overlap(gone.report.services, report->services)) {
      return &gone;
    }
  }
  return nullptr;
}

const FollowedPost* predecessor(const Book& book, const Post& post, const Sentence& sentence) {
  if (const auto* earlier = earlier_version(book, post)) return earlier;
  return redrafted(book, post, sentence);
}

const FollowedPost* successor(const Book& book, const FollowedPost& gone) {
  const FollowedPost* newest = nullptr;
  for (const auto& [ref, other] : book.followed) {
    const bool stands_for = ref.account == gone.ref.account && other.author == gone.author &&
                            other.at > gone.at && !other.deleted &&
                            overlap(other.report.services, gone.report.services);
    if (stands_for && (newest == nullptr || other.at > newest->at)) newest = &other;
  }
  return newest;
}

bool only_repeats(const FollowedPost& post) { return post.update.empty() && post.replaced.empty(); }

Decision deletion(const Case& c) {
  const auto* gone = followed(c.book, c.post.account, c.post.id);
  if (gone == nullptr) {
    const bool waits = std::any_of(c.book.held.begin(), c.book.held.end(), [&](const auto& held) {
      return held.post.account == c.post.account && held.post.id == c.post.id;
    });
    return waits ? Decision{Verdict::withdrawn, "held_withdrawn"} : ignored("unknown_post");
  }
  if (gone->deleted) return ignored("already_deleted");
  const auto* newer = successor(c.book, *gone);
  if (newer == nullptr || c.now - newer->at > c.rules.deletion_grace) {
    return {Verdict::withdrawn, "deleted"};
  }
  if (only_repeats(*newer)) return {Verdict::recorded, "taken_over"};
  return {Verdict::withdrawn, "redrafted"};
}

Decision edit(const Case& c, const FollowedPost& before) {
  if (trim(c.post.text) == trim(before.text)) {
    if (before.ref.id == c.post.id) return same_text(before);
    return {Verdict::recorded, "redrafted"};
  }
  const auto* report = std::get_if<Report>(&c.sentence);
  if (report != nullptr) {
    if (!same_head(*report, before.report)) return corrected(c, *report);
    return revised(c, before, report->message);
  }
  if (const auto* wrong = std::get_if<Mistake>(&c.sentence)) {
    return {Verdict::mistake, wrong->reason};
  }
  const bool was_headless = before.report.services.empty();
  if (was_headless && !c.incident.empty()) return revised(c, before, c.post.text);
  if (before.deleted) return ignored("already_deleted");
  return {Verdict::withdrawn, "edited_away"};
}

}  // namespace signalbox::ledger
