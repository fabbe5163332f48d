#include "connectors/twitter/network.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace signalbox::connectors::twitter {
namespace {

/// The cursor of an empty timeline: everything is newer.
constexpr std::string_view kBeginning = "0";

std::string newest_of(const std::vector<Tweet>& tweets, std::string otherwise) {
  for (const Tweet& tweet : tweets) {
    if (newer(tweet.id, otherwise)) otherwise = tweet.id;
  }
  return otherwise;
}

}  // namespace

std::string link_to(const std::string& id) { return "https://x.com/i/status/" + id; }

Twitter::Twitter(Timeline timeline, Api api, const Clock& clock)
    : timeline_(std::move(timeline)), api_(std::move(api)), clock_(clock) {}

Limits Twitter::limits() const { return {280, Limits::Count::weighted, 23}; }

net::Parameters Twitter::wanted_fields() const {
  const bool renamed = timeline_.fields_parameter == "post.fields";
  const std::string fields =
      "author_id,conversation_id,created_at,entities," +
      std::string(renamed ? "edit_history_post_ids,note_post,referenced_posts"
                          : "edit_history_tweet_ids,note_tweet,referenced_tweets");
  return {{timeline_.fields_parameter, fields}};
}

Task<Result<Tweets>> Twitter::page(Stream which, std::string since_id, std::string token,
                                   std::string size) {
  const bool own = which == Stream::timeline;
  net::Parameters wanted = wanted_fields();
  wanted.emplace_back("max_results", std::move(size));
  if (own) wanted.emplace_back("exclude", "retweets");
  if (newer(since_id, kBeginning)) wanted.emplace_back("since_id", std::move(since_id));
  if (!token.empty()) wanted.emplace_back("pagination_token", std::move(token));
  const std::string place = own ? "twitter: timeline" : "twitter: mentions";
  auto answer = co_await api_.ask("/2/users/" + timeline_.user + (own ? "/tweets" : "/mentions"),
                                  std::move(wanted));
  if (!answer) co_return answer.error();
  auto tweets = read_tweets(*answer, place);
  if (tweets && tweets->all.empty() && !tweets->forbidden.empty()) {
    co_return unauthorized(place + ": X does not show it to these keys: check `user`");
  }
  if (tweets && tweets->all.empty() && !tweets->missing.empty()) {
    co_return invalid(place + ": X knows no such user: check `user`");
  }
  co_return tweets;
}

Task<Status> Twitter::read_on(Stream which, Chain& chain) {
  do {
    auto read = co_await page(which, chain.cursor, chain.token, "100");
    if (!read) co_return read.error();
    for (Tweet& tweet : read->all) {
      if (!newer(tweet.id, chain.cursor) || !chain.ids.insert(tweet.id).second) continue;
      chain.read.push_back(std::move(tweet));
    }
    if (!chain.token.empty() && read->next_token == chain.token) {
      co_return corrupt("twitter: the next page is the same page");
    }
    chain.token = read->next_token;
  } while (!chain.token.empty());
  co_return Status();
}

Task<Result<Twitter::Read>> Twitter::read(Stream which, std::string since) {
  if (since.empty()) {
    auto first = co_await page(which, "", "", "5");
    if (!first) co_return first.error();
    Read now;
    now.newest = newest_of(first->all, std::string(kBeginning));
    co_return now;
  }
  Chain& chain = chains_[which];
  if (chain.cursor != since) {
    chain = {};
    chain.cursor = since;
  }
  const Status whole = co_await read_on(which, chain);
  if (!whole) {
    // A token the server does not know any more, or one that leads nowhere: begin again.
    const Error::Code code = whole.error().code;
    if (code == Error::Code::invalid || code == Error::Code::corrupt) chains_.erase(which);
    co_return whole.error();
  }
  Read all;
  all.posts = posts(which, chain);
  all.newest = newest_of(chain.read, since);
  chains_.erase(which);
  co_return all;
}

Task<Result<Fetched>> Twitter::fetch(std::string cursor) {
  if (auto trouble = put_off_.take()) co_return *trouble;
  Cursors from = read_cursors(cursor);
  if (!timeline_.mentions) from.mentions.clear();
  auto own = co_await read(Stream::timeline, from.timeline);
  if (!own) co_return own.error();
  from.timeline = std::move(own->newest);
  Fetched fetched{std::move(own->posts), to_text(from), false};
  if (!timeline_.mentions) co_return fetched;
  auto others = co_await read(Stream::mentions, from.mentions);
  if (!others) co_return put_off_.give(std::move(fetched), others.error());
  from.mentions = std::move(others->newest);
  fetched.cursor = to_text(from);
  fetched.posts = merged(std::move(fetched.posts), std::move(others->posts));
  co_return fetched;
}

Task<Result<std::vector<Post>>> Twitter::replies(std::vector<PostRef>) {
  co_return std::vector<Post>{};
}

bool Twitter::counts(Stream which, const Tweet& tweet) const {
  if (which == Stream::timeline) return true;
  return std::ranges::find(timeline_.authors, tweet.author) != timeline_.authors.end();
}

std::vector<Post> Twitter::posts(Stream which, const Chain& chain) const {
  std::vector<Post> all;
  for (const Tweet& tweet : chain.read) {
    if (!counts(which, tweet)) continue;
    Post made = post(tweet);
    made.replaces = version_before(tweet, chain);
    all.push_back(std::move(made));
  }
  std::ranges::sort(all, [](const Post& a, const Post& b) { return newer(b.id, a.id); });
  return all;
}

/// The newest earlier version that was handed over before: a timeline shows only the last version,
/// so one between two polls was never seen.
std::string Twitter::version_before(const Tweet& tweet, const Chain& chain) const {
  const auto self = std::ranges::find(tweet.history, tweet.id);
  const std::vector<std::string> before(tweet.history.begin(), self);
  for (auto version = before.rbegin(); version != before.rend(); ++version) {
    if (!newer(*version, chain.cursor) || chain.ids.contains(*version)) return *version;
  }
  return before.empty() ? "" : before.back();
}

Post Twitter::post(const Tweet& tweet) const {
  Post post;
  post.account = timeline_.account;
  post.id = tweet.id;
  post.author = tweet.author.empty() ? timeline_.user : tweet.author;
  post.text = tweet.text;
  post.url = link_to(tweet.id);
  if (!tweet.replies_to.empty()) {
    post.thread = tweet.conversation.empty() ? tweet.replies_to : tweet.conversation;
  }
  post.origin = tweet.origin;
  post.received = clock_.now();
  post.at = tweet.at.value_or(post.received);
  std::vector<std::string> our_names;
  for (const Named& named : tweet.mentions) {
    if (named.id == timeline_.user) our_names.push_back(named.name);
  }
  take_mentions_of_us(post, our_names);
  return post;
}

}  // namespace signalbox::connectors::twitter
