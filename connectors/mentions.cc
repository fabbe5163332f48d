#include "connectors/mentions.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/text.h"

namespace signalbox::connectors {
namespace {

/// `@name` or `@name@host` at the start of `text`, without the @ and the host; "" for anything
/// else.
std::string_view first_name(std::string_view text) {
  if (!text.starts_with('@')) return {};
  return text.substr(1, text.find_first_of("@ \n\t:,", 1) - 1);
}

/// What follows the mention that `text` begins with.
std::string_view after_mention(std::string_view text) {
  text.remove_prefix(std::min(text.size(), text.find_first_of(" \n\t:,")));
  text = trim(text);
  if (text.starts_with(':') || text.starts_with(',')) text.remove_prefix(1);
  return trim(text);
}

}  // namespace

bool reads_mentions(const Settings& settings) {
  const Setting* setting = settings.find("read");
  if (setting == nullptr) return false;
  std::vector<std::string> streams = setting->list;
  if (streams.empty()) streams.push_back(setting->value);
  std::sort(streams.begin(), streams.end());
  if (streams == std::vector<std::string>{"timeline"}) return false;
  if (streams == std::vector<std::string>{"mentions", "timeline"}) return true;
  settings.refuse("read", "must be [timeline] or [timeline, mentions]");
  return false;
}

void take_mentions_of_us(Post& post, const std::vector<std::string>& names) {
  std::string_view text = post.text;
  const auto is_us = [&](std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& ours) {
      return !name.empty() && equal_ignoring_case(name, ours);
    });
  };
  while (is_us(first_name(text))) {
    text = after_mention(text);
    post.addressed = true;
  }
  if (post.addressed) post.text = std::string(text);
}

std::vector<Post> merged(std::vector<Post> timeline, std::vector<Post> mentions) {
  std::vector<Post> all;
  std::merge(std::make_move_iterator(timeline.begin()), std::make_move_iterator(timeline.end()),
             std::make_move_iterator(mentions.begin()), std::make_move_iterator(mentions.end()),
             std::back_inserter(all), [](const Post& a, const Post& b) { return a.at < b.at; });
  std::set<std::string> known;
  std::erase_if(all, [&](const Post& post) { return !known.insert(post.id).second; });
  return all;
}

Result<Fetched> PutOff::give(Fetched fetched, Error trouble) {
  if (fetched.posts.empty() && !fetched.more) return trouble;
  untold_ = std::move(trouble);
  fetched.more = true;
  return fetched;
}

}  // namespace signalbox::connectors
