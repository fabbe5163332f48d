// A Mastodon server as its documentation and running ones behave: page semantics of since_id,
// min_id and max_id, ids without order, boosts, quotes, visibilities, edits, deletions, threads,
// idempotency keys.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "connectors/mastodon/stage_html.h"
#include "net/url.h"
#include "tests/support/stage.h"

namespace signalbox::connectors::mastodon {
namespace {

using nlohmann::json;
using testing::Heard;
using testing::Posting;

constexpr const char* kOwn = "109348";
constexpr const char* kBot = "777001";
constexpr const char* kColleague = "109777";
const std::string kNotification = "n-";
constexpr const char* kToken = "stage-token-5f1e";
constexpr std::size_t kMostCharacters = 500;

struct Status {
  std::string id;
  std::string text;
  std::string author;
  std::string visibility = "public";
  std::string in_reply_to;
  std::string edited_at;
  std::string key;
  Origin origin = Origin::own;
  Time at{};
  bool mentions_us = false;  ///< on another's timeline
  bool said = false;         ///< by us, over the API
  bool deleted = false;
};

net::Response answer_json(int status, const json& body) {
  return {status, {{"content-type", "application/json; charset=utf-8"}}, body.dump()};
}

net::Response missing() { return answer_json(404, {{"error", "Record not found"}}); }

class MastodonStage final : public testing::Stage {
 public:
  using Stage::Stage;

  AccountSetup setup(const std::string& base_url) override {
    std::map<std::string, Setting> values;
    values["token"] = {kToken, {}, 1, 1};
    values["account"] = {kOwn, {}, 1, 1};
    if (mentions_) values["read"] = {"", {"timeline", "mentions"}, 1, 1};
    AccountSetup made{"fedi", base_url, "status", Settings(std::move(values))};
    if (mentions_) made.authors = {kOwn, kColleague};
    return made;
  }
  std::string yaml(const std::string& id, const std::string& base_url) override {
    return "{id: " + id + ", kind: mastodon, base_url: \"" + base_url + "\", token: \"" + kToken +
           "\", account: \"" + kOwn + "\", handle: status, authors: [\"" + kOwn + "\"" +
           (mentions_ ? ", \"" + std::string(kColleague) + "\"], read: [timeline, mentions]}"
                      : "]}");
  }
  std::string allowed_author() const override { return kOwn; }
  std::string colleague() const override { return kColleague; }
  std::string secret() const override { return kToken; }
  std::vector<Origin> origins() const override {
    return {Origin::boost, Origin::quote, Origin::hidden, Origin::bot};
  }
  void ignores_keys() override { keys_count_ = false; }

  std::string someone_posts(const std::string& text, const Posting& how) override {
    Status status;
    status.text = text;
    const std::string usual = how.origin == Origin::bot ? kBot : kOwn;
    status.author = how.author.empty() ? usual : how.author;
    status.origin = how.origin;
    status.in_reply_to = how.in_reply_to;
    status.mentions_us = how.mentions_us;
    if (how.origin == Origin::hidden) status.visibility = all_.size() % 2 ? "direct" : "private";
    return add(std::move(status));
  }
  void someone_edits(const std::string& id, const std::string& text) override {
    Status* status = find(id);
    status->text = text;
    status->edited_at = iso(clock_.now());
  }
  void someone_deletes(const std::string& id) override { find(id)->deleted = true; }

  std::vector<Heard> heard() const override {
    std::vector<Heard> heard;
    for (const Status& status : all_) {
      if (!status.said || status.deleted) continue;
      heard.push_back({status.id, status.text, status.in_reply_to, status.key});
    }
    return heard;
  }

  bool speaks(const net::Request& request) const override { return request.method == "POST"; }

 private:
  net::Response handle(const net::Request& request) override;
  net::Response timeline(const net::Parameters& query) const;
  net::Response notifications(const net::Parameters& query) const;
  std::vector<const Status*> part(const net::Parameters& query, bool mentions) const;
  net::Response take(const net::Request& request);
  net::Response context(const std::string& id) const;
  json as_json(const Status& status) const;
  json account_json(const std::string& id) const;

  std::string add(Status status) {
    status.id = short_id("mastodon stage " + std::to_string(all_.size()));
    status.at = clock_.now();
    all_.push_back(std::move(status));
    return all_.back().id;
  }
  Status* find(const std::string& id) {
    const auto found = std::find_if(all_.begin(), all_.end(),
                                    [&](const Status& status) { return status.id == id; });
    return found == all_.end() || found->deleted ? nullptr : &*found;
  }
  const Status* find(const std::string& id) const {
    return const_cast<MastodonStage*>(this)->find(id);
  }
  /// Where an id stands in the server's order, deleted ones too; -1 for one it never gave out.
  /// `before` stands before the ids of that list.
  long place(const std::string& id, const std::string& before) const {
    const auto found = std::find_if(all_.begin(), all_.end(),
                                    [&](const Status& status) { return before + status.id == id; });
    return found == all_.end() ? -1 : found - all_.begin();
  }

  std::vector<Status> all_;  ///< in the server's order
  bool keys_count_ = true;
};

json MastodonStage::account_json(const std::string& id) const {
  const std::string name = id == kOwn ? "status" : "user" + id;
  return {{"id", id}, {"username", name}, {"acct", name}, {"bot", id == kBot || id == kOwn}};
}

json MastodonStage::as_json(const Status& status) const {
  const auto or_null = [](const std::string& text) { return text.empty() ? json() : json(text); };
  json all = {{"id", status.id},
              {"created_at", iso(status.at)},
              {"edited_at", or_null(status.edited_at)},
              {"in_reply_to_id", or_null(status.in_reply_to)},
              {"visibility", status.visibility},
              {"spoiler_text", ""},
              {"url", "https://stage.example/@status/" + status.id},
              {"content", stage_html(status.text)},
              {"reblog", nullptr},
              {"quote", nullptr},
              {"mentions", json::array()},
              {"account", account_json(status.author)}};
  if (status.text.starts_with("@status")) all["mentions"].push_back(account_json(kOwn));
  if (status.origin == Origin::boost) all["reblog"] = {{"id", "b" + status.id}};
  if (status.origin == Origin::quote) all["quote"] = {{"state", "accepted"}};
  return all;
}

/// What is on our timeline, or mentions us, as since_id, min_id, max_id and limit narrow it: newest
/// first.
std::vector<const Status*> MastodonStage::part(const net::Parameters& query, bool mentions) const {
  const std::string limit_text = net::value_of(query, "limit");
  const long asked = limit_text.empty() ? 20 : std::stol(limit_text);
  const auto limit = static_cast<std::size_t>(std::clamp(asked, 1L, 40L));
  const std::string min_id = net::value_of(query, "min_id");
  const std::string prefix = mentions ? kNotification : "";
  const long after = place(min_id.empty() ? net::value_of(query, "since_id") : min_id, prefix);
  const long before = place(net::value_of(query, "max_id"), prefix);
  std::vector<const Status*> shown;
  for (long i = after + 1; i < static_cast<long>(all_.size()) && (before < 0 || i < before); ++i) {
    const Status& status = all_[static_cast<std::size_t>(i)];
    const bool elsewhere = status.author != kOwn && !status.in_reply_to.empty();
    const bool there = mentions ? status.mentions_us : !elsewhere && !status.mentions_us;
    if (!status.deleted && there) shown.push_back(&status);
  }
  if (shown.size() > limit && !min_id.empty()) shown.resize(limit);
  if (shown.size() > limit) shown.erase(shown.begin(), shown.end() - static_cast<long>(limit));
  std::reverse(shown.begin(), shown.end());
  return shown;
}

net::Response MastodonStage::timeline(const net::Parameters& query) const {
  json page = json::array();
  for (const Status* status : part(query, false)) page.push_back(as_json(*status));
  return answer_json(200, page);
}

/// A notification has an id of its own, by which the list is paged.
net::Response MastodonStage::notifications(const net::Parameters& query) const {
  if (net::value_of(query, "types[]") != "mention") return answer_json(422, {{"error", "types"}});
  json page = json::array();
  for (const Status* status : part(query, true)) {
    page.push_back({{"id", kNotification + status->id},
                    {"type", "mention"},
                    {"created_at", iso(status->at)},
                    {"account", account_json(status->author)},
                    {"status", as_json(*status)}});
  }
  return answer_json(200, page);
}

net::Response MastodonStage::take(const net::Request& request) {
  const net::Parameters form = net::parse_form(request.body);
  Status status;
  for (const auto& [name, value] : request.headers) {
    if (name == "Idempotency-Key") status.key = value;
  }
  for (const Status& known : all_) {
    if (keys_count_ && !status.key.empty() && known.key == status.key) {
      return answer_json(200, as_json(known));
    }
  }
  status.text = net::value_of(form, "status");
  if (status.text.empty() || status.text.size() > 4 * kMostCharacters) {
    return answer_json(422, {{"error", "Validation failed: Text is blank or too long"}});
  }
  status.author = kOwn;
  status.visibility = net::value_of(form, "visibility");
  status.in_reply_to = net::value_of(form, "in_reply_to_id");
  if (!status.in_reply_to.empty() && find(status.in_reply_to) == nullptr) return missing();
  status.said = true;
  return answer_json(200, as_json(*find(add(std::move(status)))));
}

net::Response MastodonStage::context(const std::string& id) const {
  const Status* status = find(id);
  if (status == nullptr) return missing();
  json ancestors = json::array();
  for (const Status* up = find(status->in_reply_to); up != nullptr; up = find(up->in_reply_to)) {
    ancestors.insert(ancestors.begin(), as_json(*up));
  }
  json descendants = json::array();
  std::vector<std::string> below = {id};
  for (const Status& one : all_) {
    if (one.deleted || std::find(below.begin(), below.end(), one.in_reply_to) == below.end()) {
      continue;
    }
    below.push_back(one.id);
    descendants.push_back(as_json(one));
  }
  return answer_json(200, {{"ancestors", ancestors}, {"descendants", descendants}});
}

net::Response MastodonStage::handle(const net::Request& request) {
  const std::string path = net::path_of(request.url);
  const bool allowed =
      std::any_of(request.headers.begin(), request.headers.end(), [](const auto& header) {
        return header.first == "Authorization" && header.second == std::string("Bearer ") + kToken;
      });
  if (!allowed) return answer_json(401, {{"error", "The access token is invalid"}});
  if (path == "/api/v1/accounts/verify_credentials") return answer_json(200, account_json(kOwn));
  if (path == "/api/v2/instance") {
    const json statuses = {{"max_characters", kMostCharacters},
                           {"characters_reserved_per_url", 23}};
    return answer_json(200, {{"configuration", {{"statuses", statuses}}}});
  }
  if (path == "/api/v1/notifications") {
    return notifications(net::parse_form(net::query_of(request.url)));
  }
  if (path == std::string("/api/v1/accounts/") + kOwn + "/statuses") {
    return timeline(net::parse_form(net::query_of(request.url)));
  }
  constexpr std::string_view kAccounts = "/api/v1/accounts/";
  if (path.starts_with(kAccounts)) {
    return answer_json(200, account_json(path.substr(kAccounts.size())));
  }
  if (path == "/api/v1/statuses" && request.method == "POST") return take(request);
  constexpr std::string_view kStatuses = "/api/v1/statuses/";
  if (!path.starts_with(kStatuses)) return missing();
  const std::string id = path.substr(kStatuses.size());
  if (id.ends_with("/context")) return context(id.substr(0, id.size() - 8));
  const Status* status = find(id);
  return status == nullptr ? missing() : answer_json(200, as_json(*status));
}

}  // namespace

std::unique_ptr<testing::Stage> make_stage(const Clock& clock);
std::unique_ptr<testing::Stage> make_stage(const Clock& clock) {
  return std::make_unique<MastodonStage>(clock);
}

}  // namespace signalbox::connectors::mastodon
