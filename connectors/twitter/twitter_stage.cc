// X, played by a test: a timeline newest first behind page tokens, edits that are new ids, t.co
// links, refused duplicates, and OAuth 1.0a signatures that are checked.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "connectors/twitter/tweet.h"
#include "net/oauth1.h"
#include "net/url.h"
#include "tests/support/stage.h"

namespace signalbox::connectors::twitter {
namespace {

using nlohmann::json;

constexpr std::string_view kUser = "1460323737035677698";
constexpr std::string_view kColleague = "1460323737035670777";
constexpr std::string_view kTokenSecret = "stage-token-secret-4711";

net::OAuth1Keys stage_keys() {
  return {Secret("stage-consumer"), Secret("stage-consumer-secret"), Secret("stage-token"),
          Secret(std::string(kTokenSecret))};
}

/// One version of a post.
struct Version {
  std::string id;
  std::string text;                         ///< as typed
  std::string author = std::string(kUser);  ///< another's is on our mentions only
  std::string conversation;
  std::string reply_to;
  std::string refers_how;  ///< "retweeted", "quoted" or ""
  std::vector<std::string> history;
  Time at{};
  bool shown = true;  ///< the newest of its versions
};

net::Response answered(int status, const json& body) {
  return {status, {{"content-type", "application/json; charset=utf-8"}}, body.dump()};
}

net::Response problem(int status, const std::string& type, const std::string& detail) {
  return answered(status, {{"title", "Refused"},
                           {"status", status},
                           {"detail", detail},
                           {"type", "https://api.x.com/2/problems/" + type}});
}

/// As X keeps what people type: entities escaped, every address behind t.co.
json kept(const Version& version) {
  std::string text = version.text;
  json urls = json::array();
  for (std::size_t i = 0; (i = text.find("https://", i)) != text.npos;) {
    const std::size_t end = std::min(text.find_first_of(" \n", i), text.size());
    const std::string real = text.substr(i, end - i);
    const std::string wrapped = "https://t.co/" + std::to_string(urls.size()) + "Ab" + version.id;
    text = text.substr(0, i) + wrapped + text.substr(end);
    urls.push_back({{"url", wrapped}, {"expanded_url", real}});
    i += wrapped.size();
  }
  text = replace_all(text, "&", "&amp;");
  text = replace_all(replace_all(text, "<", "&lt;"), ">", "&gt;");
  json entry = {{"id", version.id},
                {"text", text},
                {"author_id", version.author},
                {"conversation_id", version.conversation},
                {"created_at", iso(version.at)},
                {"edit_history_tweet_ids", version.history}};
  if (!urls.empty()) entry["entities"]["urls"] = urls;
  if (text.starts_with("@signalbox")) {
    entry["entities"]["mentions"] = {{{"id", kUser}, {"username", "Signalbox"}}};
  }
  json references = json::array();
  if (!version.refers_how.empty()) {
    references.push_back({{"type", version.refers_how}, {"id", "1400000000000000000"}});
  }
  if (!version.reply_to.empty()) {
    references.push_back({{"type", "replied_to"}, {"id", version.reply_to}});
  }
  if (!references.empty()) entry["referenced_tweets"] = references;
  constexpr std::size_t kShown = 280;
  if (text.size() > kShown) {
    entry["note_tweet"] = {{"text", text}, {"entities", entry.value("entities", json::object())}};
    entry["text"] = shorten(text, 200);
  }
  return entry;
}

class TwitterStage final : public testing::Stage {
 public:
  using Stage::Stage;

  AccountSetup setup(const std::string& base_url) override {
    std::map<std::string, Setting> values;
    values["user"] = {std::string(kUser), {}, 1, 1};
    values["consumer_key"] = {stage_keys().consumer_key.reveal(), {}, 1, 1};
    values["consumer_secret"] = {stage_keys().consumer_secret.reveal(), {}, 1, 1};
    values["token"] = {stage_keys().token.reveal(), {}, 1, 1};
    values["token_secret"] = {std::string(kTokenSecret), {}, 1, 1};
    if (mentions_) values["read"] = {"", {"timeline", "mentions"}, 1, 1};
    AccountSetup made{"twitter", base_url, "signalbox", Settings(std::move(values))};
    if (mentions_) made.authors = {std::string(kUser), std::string(kColleague)};
    return made;
  }
  std::string yaml(const std::string& id, const std::string& base_url) override {
    return "{id: " + id + ", kind: twitter, base_url: \"" + base_url + "\", user: \"" +
           std::string(kUser) + "\", consumer_key: stage-consumer, consumer_secret: " +
           "stage-consumer-secret, token: stage-token, token_secret: " + std::string(kTokenSecret) +
           ", authors: [\"" + std::string(kUser) + "\"" +
           (mentions_ ? ", \"" + std::string(kColleague) + "\"], read: [timeline, mentions]"
                      : "]") +
           ", announce: true, poll: 1s}";
  }
  std::string allowed_author() const override { return std::string(kUser); }
  std::string colleague() const override { return std::string(kColleague); }
  std::string secret() const override { return std::string(kTokenSecret); }

  std::string someone_posts(const std::string& text, const testing::Posting& how) override;
  void someone_edits(const std::string& id, const std::string& text) override;
  void someone_deletes(const std::string& id) override;
  std::vector<testing::Heard> heard() const override { return heard_; }
  std::vector<Origin> origins() const override { return {Origin::boost, Origin::quote}; }
  bool speaks(const net::Request& request) const override { return request.method == "POST"; }

 private:
  net::Response handle(const net::Request& request) override;
  net::Response timeline(const net::Parameters& asked, bool mentions) const;
  net::Response look_up(const net::Parameters& asked) const;
  net::Response post(const json& body);
  net::Response direct(const json& body);

  std::string next_id() { return std::to_string(last_id_ += 1 + last_id_ % 3); }
  const Version* version(const std::string& id) const;
  Version& write(const std::string& text, const std::string& reply_to);

  std::vector<Version> versions_;  // oldest first
  std::vector<testing::Heard> heard_;
  std::uint64_t last_id_ = 9'999'999'999'999'990'000U;  // 20 digits soon, beyond 2^63
};

const Version* TwitterStage::version(const std::string& id) const {
  const auto found = std::ranges::find(versions_, id, &Version::id);
  return found == versions_.end() ? nullptr : &*found;
}

Version& TwitterStage::write(const std::string& text, const std::string& reply_to) {
  Version written;
  written.id = next_id();
  written.text = text;
  written.reply_to = reply_to;
  const Version* parent = version(reply_to);
  written.conversation = reply_to.empty() ? written.id : parent ? parent->conversation : reply_to;
  written.history = {written.id};
  written.at = clock_.now();
  versions_.push_back(std::move(written));
  return versions_.back();
}

/// Another author's posts are on another timeline, and on ours as mentions at most; so is what X
/// shows to nobody but their readers.
std::string TwitterStage::someone_posts(const std::string& text, const testing::Posting& how) {
  const bool another = !how.author.empty() && how.author != kUser;
  if (another && !how.mentions_us) return next_id();
  if (how.origin == Origin::hidden || how.origin == Origin::bot) return next_id();
  Version& written = write(text, how.in_reply_to);
  if (another) written.author = how.author;
  if (how.origin == Origin::boost) written.refers_how = "retweeted";
  if (how.origin == Origin::quote || how.origin == Origin::forwarded) written.refers_how = "quoted";
  return written.id;
}

void TwitterStage::someone_edits(const std::string& id, const std::string& text) {
  const Version* old = version(id);
  if (old == nullptr) return;
  Version edited = *old;
  edited.id = next_id();
  edited.text = text;
  edited.shown = true;
  edited.at = clock_.now();
  edited.history.push_back(edited.id);
  for (Version& one : versions_) {
    const bool earlier = std::ranges::find(edited.history, one.id) != edited.history.end();
    if (earlier) one.shown = false, one.history = edited.history;
  }
  versions_.push_back(std::move(edited));
}

void TwitterStage::someone_deletes(const std::string& id) {
  const Version* found = version(id);
  if (found == nullptr) return;
  const std::vector<std::string> all = found->history;
  const auto is_one = [&](const std::string& one) {
    return std::ranges::find(all, one) != all.end();
  };
  std::erase_if(versions_, [&](const Version& one) { return is_one(one.id); });
  std::erase_if(heard_, [&](const testing::Heard& one) { return is_one(one.id); });
}

/// The token is the id below which to go on; `exclude` is not heeded, as servers forget to, and
/// unknown where mentions are asked for.
net::Response TwitterStage::timeline(const net::Parameters& asked, bool mentions) const {
  if (mentions && !net::value_of(asked, "exclude").empty()) {
    return problem(400, "invalid-request", "exclude: no such parameter");
  }
  const std::string since = net::value_of(asked, "since_id");
  const std::string token = net::value_of(asked, "pagination_token");
  const std::string size = net::value_of(asked, "max_results");
  const std::size_t most = size.empty() ? 10 : std::stoul(size);
  if (most < 5 || most > 100) return problem(400, "invalid-request", "max_results: 5 to 100");
  constexpr std::size_t kPage = 20;  // fewer than asked for is allowed
  json data = json::array();
  std::string next;
  for (auto one = versions_.rbegin(); one != versions_.rend(); ++one) {
    if ((one->author != kUser) != mentions) continue;
    if (!one->shown || (!token.empty() && !newer(token.substr(1), one->id))) continue;
    if (!since.empty() && !newer(one->id, since)) break;
    if (data.size() == std::min(most, kPage)) {
      next = "t" + data.back()["id"].get<std::string>();
      break;
    }
    data.push_back(kept(*one));
  }
  json answer = {{"meta", {{"result_count", data.size()}}}};
  if (!data.empty()) answer["data"] = data;
  if (!next.empty()) answer["meta"]["next_token"] = next;
  return answered(200, answer);
}

net::Response TwitterStage::look_up(const net::Parameters& asked) const {
  json data = json::array();
  json errors = json::array();
  const std::string ids = net::value_of(asked, "ids");
  for (const std::string_view id : split(ids, ',')) {
    if (const Version* found = version(std::string(id))) {
      data.push_back(kept(*found));
    } else {
      errors.push_back({{"value", id},
                        {"resource_id", id},
                        {"title", "Not Found Error"},
                        {"type", "https://api.twitter.com/2/problems/resource-not-found"}});
    }
  }
  json answer = json::object();
  if (!data.empty()) answer["data"] = data;
  if (!errors.empty()) answer["errors"] = errors;
  return answered(200, answer);
}

net::Response TwitterStage::post(const json& body) {
  const std::string text = body.value("text", "");
  const bool twice =
      std::ranges::any_of(versions_, [&](const Version& one) { return one.text == text; });
  if (twice) {
    return problem(403, "forbidden",
                   "You are not allowed to create a Tweet with duplicate content.");
  }
  const std::string reply_to =
      body.contains("reply") ? body["reply"].value("in_reply_to_tweet_id", "") : "";
  const Version& written = write(text, reply_to);
  heard_.push_back({written.id, text, reply_to, ""});
  return answered(201, {{"data", {{"id", written.id}, {"text", text}}}});
}

net::Response TwitterStage::direct(const json& body) {
  const std::string id = next_id();
  heard_.push_back({id, body.value("text", ""), "", ""});
  return answered(201, {{"data", {{"dm_event_id", id}, {"dm_conversation_id", "1-2"}}}});
}

std::string part_of(const std::string& header, const std::string& name) {
  const std::size_t start = header.find(name + "=\"");
  if (start == std::string::npos) return "";
  const std::size_t from = start + name.size() + 2;
  return net::percent_decode(header.substr(from, header.find('"', from) - from));
}

/// Signed anew with our keys and their nonce: the same signature.
bool signed_well(const net::Request& request) {
  for (const auto& [name, value] : request.headers) {
    if (!equal_ignoring_case(name, "authorization") || !value.starts_with("OAuth ")) continue;
    const net::OAuth1Stamp stamp{part_of(value, "oauth_nonce"), part_of(value, "oauth_timestamp")};
    const std::string again =
        net::sign_oauth1(request.method, request.url, {}, stage_keys(), stamp);
    return part_of(again, "oauth_signature") == part_of(value, "oauth_signature");
  }
  return false;
}

net::Response TwitterStage::handle(const net::Request& request) {
  if (!signed_well(request)) return problem(401, "unauthorized", "Unauthorized");
  const std::string path = net::path_of(request.url);
  const net::Parameters asked = net::parse_form(net::query_of(request.url));
  const json body = json::parse(request.body.empty() ? "{}" : request.body, nullptr, false);
  if (!body.is_object()) return problem(400, "invalid-request", "not JSON");
  const std::string user = "/2/users/" + std::string(kUser);
  if (path.ends_with(user + "/tweets")) return timeline(asked, false);
  if (path.ends_with(user + "/mentions")) return timeline(asked, true);
  if (path.find("/2/dm_conversations/with/") != std::string::npos) return direct(body);
  if (!path.ends_with("/2/tweets")) return problem(404, "resource-not-found", "Not Found");
  return request.method == "POST" ? post(body) : look_up(asked);
}

}  // namespace

std::unique_ptr<testing::Stage> make_stage(const Clock& clock);
std::unique_ptr<testing::Stage> make_stage(const Clock& clock) {
  return std::make_unique<TwitterStage>(clock);
}

}  // namespace signalbox::connectors::twitter
