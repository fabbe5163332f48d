#include "connectors/mastodon/status.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "connectors/json.h"
#include "connectors/mastodon/html_text.h"
#include "connectors/mentions.h"

namespace signalbox::connectors::mastodon {
namespace {

using nlohmann::json;

bool present(const json& status, std::string_view key) {
  const json& value = at(status, key);
  return !value.is_null() && value != json(false) && value != json("");
}

Origin origin_of(const json& status, const std::string& own_id) {
  const std::string visibility = text_at(status, "visibility");
  const json& author = at(status, "account");
  if (present(status, "reblog")) return Origin::boost;
  if (visibility != "public" && visibility != "unlisted") return Origin::hidden;
  if (present(status, "quote") || present(status, "quote_id")) return Origin::quote;
  // Our own account may well be marked as a bot: it announces by itself.
  if (flag_at(author, "bot") && text_at(author, "id") != own_id) return Origin::bot;
  return Origin::own;
}

/// What our own account is called in a status that mentions it.
std::vector<std::string> our_names(const json& status, const std::string& own_id) {
  std::vector<std::string> names;
  const json& mentions = at(status, "mentions");
  for (const json& one : mentions.is_array() ? mentions : json::array()) {
    if (text_at(one, "id") == own_id) names.push_back(text_at(one, "username"));
  }
  return names;
}

std::string permalink(const json& status) {
  const std::string url = text_at(status, "url");
  return url.starts_with("https://") || url.starts_with("http://") ? url : "";
}

}  // namespace

Result<Post> read_status(const json& status, const Reader& reader) {
  const json& author = at(status, "account");
  Post post;
  post.account = reader.account;
  post.id = text_at(status, "id");
  post.author = text_at(author, "id");
  if (post.id.empty() || post.author.empty()) return misshapen("mastodon: a status");
  post.author_name = text_at(author, "acct");
  post.revision = text_at(status, "edited_at");
  post.text = html_text(text_at(status, "content"));
  post.url = permalink(status);
  post.thread = text_at(status, "in_reply_to_id");
  post.origin = origin_of(status, reader.own_id);
  post.at = parse_iso(text_at(status, "created_at")).value_or(reader.now);
  post.received = reader.now;
  take_mentions_of_us(post, our_names(status, reader.own_id));
  return post;
}

Result<std::vector<Post>> read_page(const json& page, const Reader& reader,
                                    std::string_view place) {
  if (!page.is_array()) return misshapen(place);
  std::vector<Post> posts;
  for (const json& status : page) {
    Result<Post> post = read_status(status, reader);
    if (!post) return misshapen(place);
    posts.push_back(std::move(*post));
  }
  std::reverse(posts.begin(), posts.end());
  return posts;
}

Result<Entries> read_notifications(const json& page, const Reader& reader, std::string_view place) {
  if (!page.is_array()) return misshapen(place);
  Entries entries;
  for (const json& notification : page) {
    Entry entry{text_at(notification, "id"), std::nullopt};
    if (entry.id.empty()) return misshapen(place);
    if (text_at(notification, "type") == "mention") {
      Result<Post> post = read_status(at(notification, "status"), reader);
      if (post) entry.post = *std::move(post);
    }
    entries.push_back(std::move(entry));
  }
  std::reverse(entries.begin(), entries.end());
  return entries;
}

}  // namespace signalbox::connectors::mastodon
