// Reading messages again: edits, deletions, replies, and our own words after a lost answer.
#include <algorithm>

#include "connectors/gone.h"
#include "connectors/slack/markup.h"
#include "connectors/slack/network.h"
#include "connectors/slack/ts.h"
#include "connectors/words.h"

namespace signalbox::connectors::slack {
namespace {

/// Slack's word for a conversation whose first message is not there.
bool not_there(const Error& error) {
  return error.code == Error::Code::invalid &&
         (error.what.ends_with("thread_not_found") || error.what.ends_with("message_not_found"));
}

std::optional<Message> with_ts(const Page& page, const std::string& ts) {
  const auto found = std::ranges::find(page.messages, ts, &Message::ts);
  return found == page.messages.end() ? std::nullopt : std::optional(*found);
}

/// How far the network's clock may be behind ours.
constexpr Duration kSkew = std::chrono::minutes(1);

std::string ts_of(Time t) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
  return std::to_string(std::max<std::int64_t>(seconds, 0)) + ".000000";
}

constexpr int kMostPages = 20;

}  // namespace

/// The message as it is now; nullopt when it is gone.
Task<Result<std::optional<Message>>> Slack::look_up(PostRef ref) {
  if (ref.thread.empty() || ref.thread == ref.id) {
    net::Parameters only_it{
        {"latest", ref.id}, {"oldest", ref.id}, {"inclusive", "true"}, {"limit", "1"}};
    auto page = co_await history(std::move(only_it));
    if (!page) co_return page.error();
    if (auto found = with_ts(*page, ref.id)) co_return found;
    const bool heeded = std::ranges::none_of(
        page->messages, [&](const Message& one) { return later(one.ts, ref.id); });
    if (heeded) co_return std::optional<Message>();
  }
  const std::string thread = ref.thread.empty() ? ref.id : ref.thread;
  net::Parameters only_it{
      {"latest", ref.id}, {"oldest", ref.id}, {"inclusive", "true"}, {"limit", "10"}};
  auto page = co_await conversation(thread, std::move(only_it));
  if (page) co_return with_ts(*page, ref.id);
  if (not_there(page.error())) co_return std::optional<Message>();
  co_return page.error();
}

Task<Result<std::vector<Post>>> Slack::revisit(std::vector<PostRef> refs) {
  std::vector<Post> all;
  for (const PostRef& ref : refs) {
    auto found = co_await look_up(ref);
    if (!found) co_return found.error();
    if (!*found || (*found)->tombstone()) {
      all.push_back(gone(channel_.account, ref.id, clock_.now()));
    } else if (!(*found)->edited.empty()) {
      std::vector<Message> one{**found};
      auto read = co_await posts(std::move(one));
      if (!read) co_return read.error();
      all.insert(all.end(), read->begin(), read->end());
    }
  }
  co_return all;
}

/// Everything after `oldest` in the channel, or in a thread of it, oldest first.
Task<Result<std::vector<Message>>> Slack::written_after(std::string oldest, std::string thread) {
  std::vector<Message> all;
  std::string cursor;
  for (int pages = 0; pages < kMostPages; ++pages) {
    net::Parameters narrowed = {
        {"oldest", oldest}, {"limit", channel_.page_size}, {"include_all_metadata", "true"}};
    if (!cursor.empty()) narrowed.emplace_back("cursor", cursor);
    // Not one `?:`: g++ 12 destroys a conditional's awaited temporaries twice.
    Result<Page> page = Page{};
    if (thread.empty()) {
      page = co_await history(std::move(narrowed));
    } else {
      page = co_await conversation(thread, std::move(narrowed));
    }
    if (!page) co_return page.error();
    all.insert(all.end(), page->messages.begin(), page->messages.end());
    const bool stuck = page->next_cursor.empty() || page->next_cursor == cursor;
    if (!page->has_more || stuck) break;
    cursor = page->next_cursor;
  }
  std::erase_if(all, [&](const Message& one) { return !later(one.ts, oldest); });
  std::ranges::sort(all, [](const Message& a, const Message& b) { return later(b.ts, a.ts); });
  co_return all;
}

Task<Result<std::vector<Post>>> Slack::replies(std::vector<PostRef> threads) {
  std::vector<Post> all;
  for (const PostRef& ref : threads) {
    const std::string thread = ref.thread.empty() ? ref.id : ref.thread;
    auto written = co_await written_after(thread, thread);
    if (!written && not_there(written.error())) continue;
    if (!written) co_return written.error();
    auto read = co_await posts(std::move(*written));
    if (!read) co_return read.error();
    all.insert(all.end(), read->begin(), read->end());
  }
  co_return all;
}

/// By our key where the server keeps metadata; else by the text, among what our bot wrote.
bool Slack::ours(const Message& message, const Delivery& delivery) const {
  if (!message.delivery.empty()) return message.delivery == delivery.id;
  const bool by_bot = ourselves_ ? message.user == ourselves_->user ||
                                       (!message.bot.empty() && message.bot == ourselves_->bot)
                                 : !message.bot.empty();
  return by_bot && words_of(plain(message.text)) == words_of(delivery.text);
}

Task<Result<std::optional<Said>>> Slack::find(const Delivery& delivery, Time since) {
  if (!ourselves_) {
    const Status known = co_await learn_who_we_are();
    if (!known && worth_waiting(known.error())) co_return known.error();
  }
  const std::string thread = delivery.thread.empty() ? delivery.reply_to : delivery.thread;
  auto written = co_await written_after(ts_of(since - kSkew), thread);
  if (!written) co_return written.error();
  for (const Message& message : *written) {
    if (ours(message, delivery)) {
      co_return std::optional<Said>(Said{message.ts, permalink(message.ts, message.thread)});
    }
  }
  co_return std::optional<Said>();
}

}  // namespace signalbox::connectors::slack
