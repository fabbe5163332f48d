#include "connectors/mastodon/mastodon.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "connectors/json.h"

namespace signalbox::connectors::mastodon {
namespace {

using nlohmann::json;

constexpr const char* kPageSize = "40";  ///< the most a server gives
constexpr std::size_t kMostRoots = 2000;

std::vector<std::string> ids_of(const std::vector<Post>& posts) {
  std::vector<std::string> ids;
  for (const Post& post : posts) ids.push_back(post.id);
  return ids;
}

/// One post that a server cannot show must not keep the others from being looked at; a server that
/// is down must.
struct Trouble {
  std::optional<Error> first;
  int failures = 0;
  bool refused = false;
  bool answered = false;

  bool ends_round(const Error& error) {
    if (!first) first = error;
    refused = error.code == Error::Code::unauthorized || error.code == Error::Code::rate_limited;
    if (refused) first = error;
    return refused || ++failures == 3;
  }
  /// Whether the round as a whole failed.
  bool counts() const { return first && (refused || !answered); }
};

}  // namespace

Mastodon::Mastodon(const AccountSetup& setup, World world)
    : account_(setup.id),
      own_id_(setup.settings.text("account")),
      visibility_(setup.settings.text("visibility", "public")),
      api_(setup.base_url, setup.settings.secret("token"), world) {
  setup.settings.require("token");
  if (visibility_ != "public" && visibility_ != "unlisted" && visibility_ != "private") {
    setup.settings.refuse("visibility", "must be public, unlisted or private");
  }
}

Task<Status> Mastodon::learn_own_id() {
  if (!own_id_.empty()) co_return Status();
  const Result<json> me =
      co_await api_.get("/api/v1/accounts/verify_credentials", {}, "asking whose token this is");
  if (!me) co_return me.error();
  own_id_ = text_at(*me, "id");
  if (own_id_.empty()) co_return misshapen("mastodon: asking whose token this is");
  co_return Status();
}

Task<void> Mastodon::learn_limits() {
  if (limits_tries_left_ <= 0) co_return;
  --limits_tries_left_;
  const Result<json> instance = co_await api_.get("/api/v2/instance", {}, "asking for its limits");
  if (!instance) co_return;
  limits_tries_left_ = 0;
  const json& statuses = at(at(*instance, "configuration"), "statuses");
  const long long most = number_at(statuses, "max_characters");
  const long long url = number_at(statuses, "characters_reserved_per_url");
  if (most > 0) limits_.most = static_cast<std::size_t>(most);
  if (url > 0) limits_.url_cost = static_cast<std::size_t>(url);
}

Task<Result<Mastodon::Posts>> Mastodon::page(net::Parameters where, std::string place) {
  where.emplace_back("limit", kPageSize);
  const Result<json> answer = co_await api_.get(timeline(), std::move(where), place);
  if (!answer) co_return answer.error();
  co_return read_page(*answer, reader(), "mastodon: " + place);
}

Task<Result<Fetched>> Mastodon::fetch(std::string cursor) {
  const Status known = co_await learn_own_id();
  if (!known) co_return known.error();
  if (cursor.empty()) co_return co_await first_contact();
  Cursor from = read_cursor(cursor);
  if (from.recent.empty()) co_return co_await everything();
  co_return co_await step(std::move(from));
}

Task<Result<Fetched>> Mastodon::first_contact() {
  const Result<Posts> newest = co_await page({}, "reading the timeline");
  if (!newest) co_return newest.error();
  co_await learn_limits();
  Cursor now;
  now.add(ids_of(*newest));
  now.at_end = true;
  co_return Fetched{{}, to_text(now), false};
}

Task<Result<Fetched>> Mastodon::step(Cursor cursor) {
  net::Parameters where;
  where.emplace_back("min_id", cursor.after());
  Result<Posts> read = co_await page(std::move(where), "reading the timeline");
  if (!read) co_return read.error();
  co_await learn_limits();
  // A server with short pages may show nothing but what is known: then the end is further on.
  const bool short_page =
      cursor.at_end && !read->empty() && read->back().id != cursor.recent.back();
  Posts fresh = std::move(*read);
  std::erase_if(fresh, [&](const Post& post) { return cursor.knows(post.id); });
  cursor.add(ids_of(fresh));
  const bool more = !fresh.empty() || short_page;
  cursor.at_end = !more;
  fresh = co_await with_threads(std::move(fresh));
  co_return Fetched{std::move(fresh), to_text(cursor), more};
}

Task<Status> Mastodon::gather() {
  std::set<std::string> known;
  for (const Post& post : gathered_) known.insert(post.id);
  while (true) {
    net::Parameters where;
    if (!gathered_.empty()) where.emplace_back("max_id", gathered_.front().id);
    Result<Posts> older = co_await page(std::move(where), "reading the timeline");
    if (!older) co_return older.error();
    std::erase_if(*older, [&](const Post& post) { return !known.insert(post.id).second; });
    if (older->empty()) co_return Status();
    gathered_.insert(gathered_.begin(), older->begin(), older->end());
  }
}

Task<Result<Fetched>> Mastodon::everything() {
  // Nothing to ask after, and no id may be made up: back from the newest. What was read stays for
  // the next try.
  const Status whole = co_await gather();
  if (!whole) co_return whole.error();
  Posts posts = co_await with_threads(std::exchange(gathered_, {}));
  Cursor cursor;
  cursor.add(ids_of(posts));
  const bool more = !posts.empty();
  co_return Fetched{std::move(posts), to_text(cursor), more};
}

Task<Mastodon::Posts> Mastodon::with_threads(Posts posts) {
  for (Post& post : posts) {
    if (roots_.size() > kMostRoots) roots_.clear();
    if (!post.thread.empty()) post.thread = co_await root_of(post.thread);
    roots_[post.id] = post.thread.empty() ? post.id : post.thread;
  }
  co_return posts;
}

Task<std::string> Mastodon::root_of(std::string parent) {
  const auto known = roots_.find(parent);
  if (known != roots_.end()) co_return known->second;
  const Result<json> context = co_await api_.get(
      "/api/v1/statuses/" + net::percent_encode(parent) + "/context", {}, "reading a thread");
  // Without an answer the post replied to stands for its thread: no reason to hold up the timeline.
  if (!context) co_return parent;
  const json& ancestors = at(*context, "ancestors");
  const std::string first =
      ancestors.is_array() && !ancestors.empty() ? text_at(ancestors.front(), "id") : "";
  const std::string root = first.empty() ? parent : first;
  roots_[parent] = root;
  co_return root;
}

Task<Result<Mastodon::Posts>> Mastodon::thread_below(std::string root) {
  const Result<std::optional<json>> context = co_await api_.look_up(
      "/api/v1/statuses/" + net::percent_encode(root) + "/context", timeline(), "reading a thread");
  if (!context) co_return context.error();
  if (!*context) co_return Posts{};
  json newest_first = at(**context, "descendants");
  if (newest_first.is_array()) std::reverse(newest_first.begin(), newest_first.end());
  Result<Posts> posts = read_page(newest_first, reader(), "mastodon: reading a thread");
  if (!posts) co_return posts.error();
  // Our own replies stand on our timeline, where fetch() finds them.
  std::erase_if(*posts, [&](const Post& post) { return post.author == own_id_; });
  for (Post& post : *posts) post.thread = root;
  co_return posts;
}

Task<Result<std::vector<Post>>> Mastodon::replies(std::vector<PostRef> threads) {
  const Status known = co_await learn_own_id();
  if (!known) co_return known.error();
  Posts all;
  Trouble trouble;
  for (const PostRef& thread : threads) {
    const Result<Posts> below =
        co_await thread_below(thread.thread.empty() ? thread.id : thread.thread);
    if (!below && trouble.ends_round(below.error())) break;
    if (!below) continue;
    trouble.answered = true;
    for (const Post& post : *below) {
      if (replies_given_.insert(post.id).second) all.push_back(post);
    }
  }
  if (all.empty() && trouble.counts()) co_return *trouble.first;
  co_return all;
}

Task<Result<Post>> Mastodon::look_at(PostRef ref) {
  const Result<std::optional<json>> found = co_await api_.look_up(
      "/api/v1/statuses/" + net::percent_encode(ref.id), timeline(), "looking up a post");
  if (!found) co_return found.error();
  if (!*found) {
    Post gone;
    gone.account = account_;
    gone.id = ref.id;
    gone.deleted = true;
    co_return gone;
  }
  Result<Post> post = read_status(**found, reader());
  if (post && !post->thread.empty()) post->thread = co_await root_of(post->thread);
  co_return post;
}

Task<Result<std::vector<Post>>> Mastodon::revisit(std::vector<PostRef> posts) {
  const Status known = co_await learn_own_id();
  if (!known) co_return known.error();
  Posts changed;
  Trouble trouble;
  for (const PostRef& ref : posts) {
    const Result<Post> post = co_await look_at(ref);
    if (!post && trouble.ends_round(post.error())) break;
    if (!post) continue;
    trouble.answered = true;
    if (post->deleted || !post->revision.empty()) changed.push_back(*post);
  }
  if (changed.empty() && trouble.counts()) co_return *trouble.first;
  co_return changed;
}

}  // namespace signalbox::connectors::mastodon
