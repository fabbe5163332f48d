#include "connectors/slack/network.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "connectors/json.h"
#include "connectors/slack/markup.h"
#include "connectors/slack/ts.h"

namespace signalbox::connectors::slack {
namespace {

constexpr std::string_view kBeginning = "0.000000";

void oldest_first(std::vector<Message>& messages) {
  std::ranges::sort(messages, [](const Message& a, const Message& b) { return later(b.ts, a.ts); });
  const auto twice = std::ranges::unique(messages, {}, &Message::ts);
  messages.erase(twice.begin(), twice.end());
}

std::string newest_of(const std::vector<Message>& messages, std::string otherwise) {
  for (const Message& message : messages) {
    if (later(message.ts, otherwise)) otherwise = message.ts;
  }
  return otherwise;
}

void only_after(std::vector<Message>& messages, const std::string& cursor) {
  std::erase_if(messages, [&](const Message& message) { return !later(message.ts, cursor); });
}

/// What a mention has to look like to ask Slack who we are.
bool begins_with_mention(const Message& message) {
  return !leading_mention(message.text).id.empty();
}

}  // namespace

Slack::Slack(Channel channel, Api api, const Clock& clock)
    : channel_(std::move(channel)), api_(std::move(api)), clock_(clock) {}

Limits Slack::limits() const { return {3000, Limits::Count::code_points, 0}; }

Task<Result<Page>> Slack::history(net::Parameters narrowed) {
  narrowed.emplace_back("channel", channel_.id);
  auto answer = co_await api_.ask("conversations.history", std::move(narrowed));
  if (!answer) co_return answer.error();
  co_return read_page(*answer, "slack: conversations.history");
}

Task<Result<Page>> Slack::conversation(std::string thread, net::Parameters narrowed) {
  narrowed.emplace_back("channel", channel_.id);
  narrowed.emplace_back("ts", std::move(thread));
  auto answer = co_await api_.ask("conversations.replies", std::move(narrowed));
  if (!answer) co_return answer.error();
  co_return read_page(*answer, "slack: conversations.replies");
}

/// An empty channel's "now" is the beginning: whatever comes is news.
Task<Result<std::string>> Slack::newest() {
  net::Parameters narrowed{{"limit", "1"}};
  auto page = co_await history(std::move(narrowed));
  if (!page) co_return page.error();
  co_return newest_of(page->messages, std::string(kBeginning));
}

Task<Result<Fetched>> Slack::fetch(std::string cursor) {
  if (cursor.empty()) {
    auto now = co_await newest();
    if (!now) co_return now.error();
    co_return Fetched{{}, std::move(*now), false};
  }
  net::Parameters narrowed{{"oldest", cursor}, {"limit", channel_.page_size}};
  auto page = co_await history(std::move(narrowed));
  if (!page) co_return page.error();
  // Not every server heeds `oldest`; a page with nothing new must not be asked for for ever.
  only_after(page->messages, cursor);
  oldest_first(page->messages);
  Fetched fetched{{}, newest_of(page->messages, cursor), false};
  fetched.more = page->has_more && fetched.cursor != cursor;
  auto read = co_await posts(std::move(page->messages));
  if (!read) co_return read.error();
  fetched.posts = std::move(*read);
  co_return fetched;
}

Task<Result<std::vector<Post>>> Slack::posts(std::vector<Message> messages) {
  if (!ourselves_ && std::ranges::any_of(messages, begins_with_mention)) {
    const Status known = co_await learn_who_we_are();
    if (!known && worth_waiting(known.error())) co_return known.error();
  }
  std::vector<Post> all;
  for (const Message& message : messages) {
    if (!message.housekeeping()) all.push_back(post(message));
  }
  co_return all;
}

/// Knowing who we are is a comfort: a token that may not ask still reads, and a server that cannot
/// say is not asked for ever.
bool Slack::worth_waiting(const Error& error) const {
  constexpr int kMostTries = 3;
  const bool passing = error.code == Error::Code::unavailable || error.code == Error::Code::corrupt;
  return error.code == Error::Code::rate_limited || (passing && unknown_for_ < kMostTries);
}

Task<Status> Slack::learn_who_we_are() {
  ++unknown_for_;
  net::Parameters nothing;
  auto answer = co_await api_.ask("auth.test", std::move(nothing));
  if (!answer) co_return answer.error();
  ourselves_ =
      Ourselves{text_at(*answer, "user_id"), text_at(*answer, "bot_id"), text_at(*answer, "url")};
  co_return Status();
}

bool Slack::is_us(const std::string& id, const std::string& name) const {
  if (ourselves_ && id == ourselves_->user) return true;
  if (channel_.handle.empty()) return false;
  return id == channel_.handle || equal_ignoring_case(name, channel_.handle);
}

Post Slack::post(const Message& message) const {
  Post post;
  post.account = channel_.account;
  post.id = message.ts;
  post.revision = message.edited;
  post.author = message.user.empty() ? message.bot : message.user;
  post.thread = message.thread;
  post.origin = origin_of(message, channel_.accepted);
  post.url = permalink(message.ts, message.thread);
  post.at = instant(read_ts(message.ts).value_or(Ts{}));
  post.received = clock_.now();
  std::string_view text = message.text;
  for (Mention first = leading_mention(text); !first.id.empty() && is_us(first.id, first.name);
       first = leading_mention(text)) {
    post.addressed = true;
    text = first.rest;
  }
  post.text = plain(text);
  return post;
}

std::string Slack::permalink(const std::string& ts, const std::string& thread) const {
  if (!ourselves_ || !ourselves_->workspace.starts_with("http")) return "";
  std::string link = ourselves_->workspace + (ourselves_->workspace.ends_with('/') ? "" : "/") +
                     "archives/" + channel_.id + "/p" + replace_all(ts, ".", "");
  if (!thread.empty()) link += "?thread_ts=" + thread + "&cid=" + channel_.id;
  return link;
}

}  // namespace signalbox::connectors::slack
