#include "connectors/twitter/tweet.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "connectors/json.h"

namespace signalbox::connectors::twitter {
namespace {

using nlohmann::json;

/// The member under its old name or its new one.
const json& either(const json& object, std::string_view old_name, std::string_view new_name) {
  const json& value = at(object, old_name);
  return value.is_null() ? at(object, new_name) : value;
}

std::string decoded(std::string text) {
  text = replace_all(std::move(text), "&lt;", "<");
  text = replace_all(std::move(text), "&gt;", ">");
  return replace_all(std::move(text), "&amp;", "&");  // last: `&amp;lt;` is a written-out `&lt;`
}

/// After decoding: what a link stands for is not escaped.
std::string unwrapped(std::string text, const json& entities) {
  const json& urls = at(entities, "urls");
  if (!urls.is_array()) return text;
  for (const json& one : urls) {
    const std::string wrapped = text_at(one, "url");
    const std::string real = text_at(one, "expanded_url");
    if (!wrapped.empty() && !real.empty()) text = replace_all(std::move(text), wrapped, real);
  }
  return text;
}

std::string whole_text(const json& entry) {
  const json& note = either(entry, "note_tweet", "note_post");
  const std::string long_text = text_at(note, "text");
  if (!long_text.empty()) {
    const json& own = at(note, "entities");
    return unwrapped(decoded(long_text), own.is_null() ? at(entry, "entities") : own);
  }
  return unwrapped(decoded(text_at(entry, "text")), at(entry, "entities"));
}

void read_references(const json& entry, Tweet& tweet) {
  const json& references = either(entry, "referenced_tweets", "referenced_posts");
  if (!references.is_array()) return;
  for (const json& one : references) {
    const std::string type = text_at(one, "type");
    if (type == "retweeted" || type == "reposted") tweet.origin = Origin::boost;
    if (type == "quoted" && tweet.origin == Origin::own) tweet.origin = Origin::quote;
    if (type == "replied_to") tweet.replies_to = text_at(one, "id");
  }
}

void read_mentions(const json& entities, Tweet& tweet) {
  const json& mentions = at(entities, "mentions");
  for (const json& one : mentions.is_array() ? mentions : json::array()) {
    tweet.mentions.push_back({text_at(one, "id"), text_at(one, "username")});
  }
}

std::optional<Tweet> read_tweet(const json& entry) {
  Tweet tweet;
  tweet.id = text_at(entry, "id");
  if (tweet.id.empty() || tweet.id.find_first_not_of("0123456789") != tweet.id.npos) return {};
  tweet.text = whole_text(entry);
  tweet.author = text_at(entry, "author_id");
  tweet.conversation = text_at(entry, "conversation_id");
  tweet.at = parse_iso(text_at(entry, "created_at"));
  if (!tweet.at) tweet.at = time_of(tweet.id);
  read_references(entry, tweet);
  read_mentions(at(entry, "entities"), tweet);
  const json& history = either(entry, "edit_history_tweet_ids", "edit_history_post_ids");
  for (const json& version : history.is_array() ? history : json::array()) {
    if (version.is_string()) tweet.history.push_back(version.get<std::string>());
  }
  return tweet;
}

void read_problems(const json& errors, Tweets& tweets) {
  if (!errors.is_array()) return;
  for (const json& one : errors) {
    std::string id = text_at(one, "resource_id");
    if (id.empty()) id = text_at(one, "value");
    const bool gone = text_at(one, "type").ends_with("not-found") ||
                      equal_ignoring_case(text_at(one, "title"), "Not Found Error");
    (gone ? tweets.missing : tweets.forbidden).push_back(id);
  }
}

}  // namespace

Result<Tweets> read_tweets(const json& answer, std::string_view place) {
  const json& data = at(answer, "data");
  const json& errors = at(answer, "errors");
  if (!answer.is_object() || !(data.is_null() || data.is_array())) return misshapen(place);
  if (data.is_null() && !at(answer, "meta").is_object() && !errors.is_array()) {
    return misshapen(place);
  }
  Tweets tweets;
  for (const json& entry : data.is_array() ? data : json::array()) {
    auto tweet = read_tweet(entry);
    if (!tweet) return misshapen(place);
    tweets.all.push_back(std::move(*tweet));
  }
  tweets.next_token = text_at(at(answer, "meta"), "next_token");
  read_problems(errors, tweets);
  return tweets;
}

bool newer(std::string_view a, std::string_view b) {
  while (a.starts_with('0')) a.remove_prefix(1);
  while (b.starts_with('0')) b.remove_prefix(1);
  return a.size() != b.size() ? a.size() > b.size() : a > b;
}

std::optional<Time> time_of(std::string_view id) {
  constexpr std::uint64_t kFirstMillisecond = 1288834974657;  // of ids that hold a time
  constexpr std::size_t kShortest = 15;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (error != std::errc() || end != id.data() + id.size() || id.size() < kShortest) return {};
  return Time(Duration((number >> 22) + kFirstMillisecond));
}

}  // namespace signalbox::connectors::twitter
