#include <algorithm>

#include "announce/head.h"
#include "announce/words.h"
#include "base/text.h"

namespace signalbox::announce {
namespace {

State shown(const std::string& service, const Snapshot& board) {
  const auto at = std::ranges::find(board.services, service, &ServiceView::id);
  return at == board.services.end() ? State::up : at->state;
}

Announcement told(const Report& report, const PostReceived& what, const Telling& telling) {
  Announcement a;
  a.targets = report.targets;
  a.head_word = head_word(report, telling.habits.zone);
  for (const std::string& service : report.services) {
    Line line;
    line.service = service;
    line.state = report.state.value_or(shown(service, telling.board));
    a.lines.push_back(std::move(line));
  }
  a.text = report.message;
  a.except_account = what.post.account;
  const bool news = telling.at - what.post.at <= telling.habits.news_is_younger_than;
  a.audience = news ? Audience::followers : Audience::nobody;
  a.reason = news ? "staff_spoke" : "old_news";
  return a;
}

std::string head_of(const Report& report, const Telling& telling) {
  return head(report.targets, head_word(report, telling.habits.zone));
}

}  // namespace

const FollowedPost* followed(const Book& book, const Post& post) {
  for (const std::string& id : {post.id, post.replaces}) {
    const auto at = book.followed.lower_bound(PostRef{post.account, id, ""});
    if (id.empty() || at == book.followed.end()) continue;
    if (at->first.account == post.account && at->first.id == id) return &at->second;
  }
  return nullptr;
}

Announcement staff_word(const PostReceived& what, const Telling& telling) {
  Announcement a = told(std::get<Report>(what.sentence), what, telling);
  a.tidings = Tidings::staff_word;
  return a;
}

Announcement correction(const PostReceived& what, const Telling& telling) {
  const Report& now = std::get<Report>(what.sentence);
  Announcement a = told(now, what, telling);
  a.tidings = Tidings::correction;
  if (a.reason == "staff_spoke") a.reason = "staff_corrected";
  const FollowedPost* before = followed(telling.before, what.post);
  if (before != nullptr) a.revokes = before->announcement;
  const std::string was = before == nullptr ? "" : head_of(before->report, telling);
  const bool moved = !was.empty() && was != head_of(now, telling);
  a.text = (moved ? "correction, was " + was + ": " : "correction: ") + now.message;
  return a;
}

std::optional<Announcement> cancellation(const PostReceived& what, const Telling& telling) {
  const FollowedPost* post = followed(telling.before, what.post);
  if (post == nullptr || post->announcement.empty()) return std::nullopt;
  Announcement a;
  a.tidings = Tidings::withdrawal;
  a.audience = Audience::nobody;
  a.revokes = post->announcement;
  a.reason = "staff_deleted";
  return a;
}

std::optional<Announcement> withdrawal(const std::string& subject, const Telling& telling) {
  const auto space = subject.find(' ');
  if (space == std::string::npos) return std::nullopt;
  Post post;
  post.account = subject.substr(0, space);
  post.id = subject.substr(space + 1);
  const FollowedPost* gone = followed(telling.before, post);
  if (gone == nullptr || gone->announcement.empty()) return std::nullopt;
  Announcement a;
  a.tidings = Tidings::withdrawal;
  a.text = "withdrawn: " + head_of(gone->report, telling) + ": " + gone->report.message;
  a.revokes = gone->announcement;
  a.except_account = post.account;
  a.reason = "staff_withdrew";
  return a;
}

}  // namespace signalbox::announce
