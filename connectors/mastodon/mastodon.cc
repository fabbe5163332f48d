#include "connectors/mastodon/mastodon.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "connectors/gone.h"
#include "connectors/json.h"

namespace signalbox::connectors::mastodon {
namespace {

using nlohmann::json;

constexpr const char* kPageSize = "40";  ///< the most a server gives
constexpr std::size_t kMostRoots = 2000;

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
      authors_(setup.authors),
      reads_mentions_(reads_mentions(setup.settings)),
      api_(setup.base_url, setup.settings.secret("token"), world),
      timeline_([this](net::Parameters where) { return timeline_page(std::move(where)); }),
      mentions_([this](net::Parameters where) { return mentions_page(std::move(where)); }) {
  setup.settings.require("token");
  if (visibility_ != "public" && visibility_ != "unlisted" && visibility_ != "private") {
    setup.settings.refuse("visibility", "must be public, unlisted or private");
  }
  if (own_id_.find('@') != std::string::npos) {
    setup.settings.refuse("account", "must be the account's id as the server has it, not its name");
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

bool Mastodon::is_author(const std::string& id) const {
  return std::find(authors_.begin(), authors_.end(), id) != authors_.end();
}

Task<Result<Entries>> Mastodon::timeline_page(net::Parameters where) {
  Result<Posts> read = co_await page(std::move(where), "reading the timeline");
  if (!read) co_return read.error();
  Entries entries;
  for (Post& post : *read) {
    std::string id = post.id;
    entries.push_back({std::move(id), std::move(post)});
  }
  co_return entries;
}

Task<Result<Entries>> Mastodon::mentions_page(net::Parameters where) {
  where.emplace_back("types[]", "mention");
  where.emplace_back("limit", kPageSize);
  const Result<json> answer =
      co_await api_.get("/api/v1/notifications", std::move(where), "reading mentions");
  if (!answer) co_return answer.error();
  Result<Entries> entries = read_notifications(*answer, reader(), "mastodon: reading mentions");
  if (!entries) co_return entries.error();
  // A stranger's mention is nobody's business.
  for (Entry& entry : *entries) {
    if (entry.post && !is_author(entry.post->author)) entry.post.reset();
  }
  co_return entries;
}

Task<Result<Fetched>> Mastodon::fetch(std::string cursor) {
  const Status known = co_await learn_own_id();
  if (!known) co_return known.error();
  if (auto trouble = put_off_.take()) co_return *trouble;
  Cursors from = read_cursors(cursor);
  Result<Stream::Step> own = co_await timeline_.read(from.timeline);
  if (!own) co_return own.error();
  co_await learn_limits();
  from.timeline = std::move(own->cursor);
  Fetched fetched{std::move(own->posts), "", own->more};
  if (reads_mentions_) {
    Result<Fetched> both = co_await add_mentions(std::move(fetched), from);
    if (!both) co_return both.error();
    fetched = *std::move(both);
  } else {
    from.mentions.reset();  // what is said while they are not read is no news later
    fetched.cursor = to_text(from);
  }
  fetched.posts = co_await with_threads(std::move(fetched.posts));
  co_return fetched;
}

/// `from` says where the mentions go on, and where the timeline does by now.
Task<Result<Fetched>> Mastodon::add_mentions(Fetched timeline, Cursors from) {
  Result<Stream::Step> others = co_await mentions_.read(from.mentions);
  if (!others) {
    timeline.cursor = to_text(from);
    co_return put_off_.give(std::move(timeline), others.error());
  }
  from.mentions = std::move(others->cursor);
  for (const Post& post : others->posts) replies_given_.insert(post.id);
  Fetched both;
  both.posts = merged(std::move(timeline.posts), std::move(others->posts));
  both.cursor = to_text(from);
  both.more = timeline.more || others->more;
  co_return both;
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
  // Our own replies stand on our timeline, where fetch() finds them. Where nobody else is an
  // author, a stranger's reply is nobody's business.
  std::erase_if(*posts,
                [&](const Post& post) { return authors_.empty() || post.author == own_id_; });
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
  if (!*found) co_return gone(account_, ref.id, api_.now());
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
