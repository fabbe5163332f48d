// Slack, played by a test: history and replies with their two directions of paging, threads, edits,
// tombstones, shared messages, and refusals inside of 200s.
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "connectors/slack/markup.h"
#include "connectors/slack/ts.h"
#include "net/url.h"
#include "tests/support/stage.h"

namespace signalbox::connectors::slack {
namespace {

using nlohmann::json;

constexpr std::string_view kToken = "xoxb-17-stage-secret";
constexpr std::string_view kChannel = "C0STAGE";
constexpr std::string_view kAuthor = "U0STAFF";
constexpr std::string_view kBotUser = "U0SIGNALBOX";

net::Response answered(const json& body) {
  return {200, {{"content-type", "application/json; charset=utf-8"}}, body.dump()};
}

net::Response refused(std::string_view word) { return answered({{"ok", false}, {"error", word}}); }

/// Parameters of a call, wherever a client may put them.
json parameters(const net::Request& request) {
  const json body = json::parse(request.body, nullptr, false);
  if (body.is_object()) return body;
  json all = json::object();
  for (const std::string& part : {net::query_of(request.url), request.body}) {
    for (const auto& [name, value] : net::parse_form(part)) all[name] = value;
  }
  return all;
}

/// As Slack keeps what people type: entities escaped, addresses and names made links.
std::string as_kept(const std::string& typed) {
  std::string kept = escaped(typed);
  if (kept.starts_with("@signalbox")) kept.replace(0, 10, "<@" + std::string(kBotUser) + ">");
  if (kept.starts_with("@stranger")) kept.replace(0, 9, "<@U0STRANGER>");
  for (std::size_t i = 0; (i = kept.find("https://", i)) != kept.npos;) {
    const std::size_t end = std::min(kept.find_first_of(" \n", i), kept.size());
    kept = kept.substr(0, i) + "<" + kept.substr(i, end - i) + ">" + kept.substr(end);
    i = end + 2;
  }
  return kept;
}

class SlackStage final : public testing::Stage {
 public:
  using Stage::Stage;

  AccountSetup setup(const std::string& base_url) override {
    std::map<std::string, Setting> values;
    values["token"] = {std::string(kToken), {}, 1, 1};
    values["channel"] = {std::string(kChannel), {}, 1, 1};
    values["limit"] = {"20", {}, 1, 1};
    return {"slack", base_url, "signalbox", Settings(std::move(values))};
  }
  std::string yaml(const std::string& id, const std::string& base_url) override {
    return "{id: " + id + ", kind: slack, base_url: \"" + base_url + "\", token: \"" +
           std::string(kToken) + "\", channel: " + std::string(kChannel) + ", authors: [" +
           std::string(kAuthor) + "], poll: 1s}";
  }
  std::string allowed_author() const override { return std::string(kAuthor); }
  std::string secret() const override { return std::string(kToken); }

  std::string someone_posts(const std::string& text, const testing::Posting& how) override;
  void someone_edits(const std::string& id, const std::string& text) override;
  void someone_deletes(const std::string& id) override;
  std::vector<testing::Heard> heard() const override;
  std::vector<Origin> origins() const override {
    return {Origin::boost, Origin::quote, Origin::hidden, Origin::bot};
  }
  /// As servers that keep no metadata.
  void ignores_keys() override { keeps_metadata_ = false; }
  bool speaks(const net::Request& request) const override {
    return net::path_of(request.url).find("/chat.post") != std::string::npos;
  }

 private:
  net::Response handle(const net::Request& request) override;
  net::Response history(const json& asked) const;
  net::Response replies(const json& asked) const;
  net::Response post_message(const json& asked);
  net::Response whisper(const json& asked);
  net::Response page(std::vector<json> found, const json& asked, bool backwards) const;

  std::string next_ts();
  json* at_ts(const std::string& ts);

  std::vector<json> messages_;  // oldest first
  std::vector<testing::Heard> heard_;
  std::uint64_t last_micros_ = 0;
  bool keeps_metadata_ = true;
};

std::string SlackStage::next_ts() {
  const auto now = static_cast<std::uint64_t>(clock_.now().time_since_epoch().count()) * 1000;
  last_micros_ = std::max(now, last_micros_ + 1);
  char text[32];
  std::snprintf(text, sizeof text, "%llu.%06llu",
                static_cast<unsigned long long>(last_micros_ / 1'000'000),
                static_cast<unsigned long long>(last_micros_ % 1'000'000));
  return text;
}

json* SlackStage::at_ts(const std::string& ts) {
  const auto found =
      std::ranges::find_if(messages_, [&](const json& one) { return one["ts"] == ts; });
  return found == messages_.end() ? nullptr : &*found;
}

void mark(json& message, Origin origin) {
  const std::string text = message["text"];
  switch (origin) {
    case Origin::own:
      break;
    case Origin::boost:
      message["text"] = "";
      [[fallthrough]];
    case Origin::quote:
    case Origin::forwarded:
      message["attachments"] = {{{"is_share", true},
                                 {"is_msg_unfurl", true},
                                 {"text", text},
                                 {"author_id", "U0STRANGER"},
                                 {"fallback", text}}};
      break;
    case Origin::hidden:
      message["subtype"] = "me_message";
      break;
    case Origin::bot:
      message["subtype"] = "bot_message";
      message["bot_id"] = "B0OTHER";
      break;
  }
}

std::string SlackStage::someone_posts(const std::string& text, const testing::Posting& how) {
  json message = {{"type", "message"}, {"text", as_kept(text)}, {"ts", next_ts()}};
  message["user"] = how.author.empty() ? std::string(kAuthor) : how.author;
  mark(message, how.origin);
  if (const json* parent = how.in_reply_to.empty() ? nullptr : at_ts(how.in_reply_to)) {
    message["thread_ts"] = parent->value("thread_ts", how.in_reply_to);
  }
  messages_.push_back(message);
  return message["ts"];
}

void SlackStage::someone_edits(const std::string& id, const std::string& text) {
  json* message = at_ts(id);
  if (message == nullptr) return;
  (*message)["text"] = as_kept(text);
  (*message)["edited"] = {{"user", (*message)["user"]}, {"ts", next_ts()}};
}

void SlackStage::someone_deletes(const std::string& id) {
  std::erase_if(heard_, [&](const testing::Heard& one) { return one.id == id; });
  const bool answered_there = std::ranges::any_of(messages_, [&](const json& one) {
    return one.value("thread_ts", "") == id && one["ts"] != id;
  });
  if (!answered_there) {
    std::erase_if(messages_, [&](const json& one) { return one["ts"] == id; });
  } else if (json* message = at_ts(id)) {
    *message = {{"type", "message"},
                {"subtype", "tombstone"},
                {"user", "USLACKBOT"},
                {"text", "This message was deleted."},
                {"ts", id},
                {"thread_ts", id}};
  }
}

std::vector<testing::Heard> SlackStage::heard() const { return heard_; }

/// The part of `found` (oldest first) asked for: the newest of it when read backwards, else what is
/// closest to `oldest`.
net::Response SlackStage::page(std::vector<json> found, const json& asked, bool backwards) const {
  const std::string limit = asked.contains("limit") ? asked["limit"].get<std::string>() : "100";
  const std::size_t most = static_cast<std::size_t>(std::stoul(limit));
  const std::string cursor = asked.value("cursor", "");
  const std::size_t skip = cursor.empty() ? 0 : std::stoul(cursor.substr(cursor.find(':') + 1));
  if (backwards) std::ranges::reverse(found);
  found.erase(found.begin(), found.begin() + static_cast<long>(std::min(skip, found.size())));
  const bool more = found.size() > most;
  if (more) found.resize(most);
  const std::string next = more ? "next:" + std::to_string(skip + most) : "";
  return answered({{"ok", true},
                   {"messages", found},
                   {"has_more", more},
                   {"response_metadata", {{"next_cursor", next}}}});
}

bool within(const json& message, const json& asked) {
  const std::string ts = message["ts"];
  const std::string oldest = asked.value("oldest", "");
  const std::string latest = asked.value("latest", "");
  const bool inclusive = asked.value("inclusive", "") == "true";
  if (!oldest.empty() && !later(ts, oldest) && !(inclusive && ts == oldest)) return false;
  return latest.empty() || later(latest, ts) || (inclusive && ts == latest);
}

void without_metadata(json& message, const json& asked) {
  if (asked.value("include_all_metadata", "") != "true") message.erase("metadata");
}

net::Response SlackStage::history(const json& asked) const {
  std::vector<json> found;
  for (json message : messages_) {
    const std::string thread = message.value("thread_ts", "");
    if (!thread.empty() && thread != message["ts"]) continue;
    if (!within(message, asked)) continue;
    without_metadata(message, asked);
    found.push_back(std::move(message));
  }
  const bool backwards = asked.contains("latest") || !asked.contains("oldest");
  net::Response response = page(std::move(found), asked, backwards);
  if (backwards) return response;
  json turned = json::parse(response.body);  // whichever part: the newest of it comes first
  std::ranges::reverse(turned["messages"]);
  return answered(turned);
}

net::Response SlackStage::replies(const json& asked) const {
  const std::string root = asked.value("ts", "");
  std::vector<json> found;
  bool there = false;
  for (json message : messages_) {
    const bool parent = message["ts"] == root;
    there = there || parent;
    if (!parent && message.value("thread_ts", "") != root) continue;
    if (!parent && !within(message, asked)) continue;
    without_metadata(message, asked);
    found.push_back(std::move(message));
  }
  return there ? page(std::move(found), asked, false) : refused("thread_not_found");
}

net::Response SlackStage::post_message(const json& asked) {
  if (asked.value("text", "").empty()) return refused("no_text");
  const std::string thread = asked.value("thread_ts", "");
  json message = {{"type", "message"},
                  {"text", asked["text"]},
                  {"user", kBotUser},
                  {"bot_id", "B0SIGNALBOX"},
                  {"ts", next_ts()}};
  if (!thread.empty()) message["thread_ts"] = thread;
  if (keeps_metadata_ && asked.contains("metadata")) message["metadata"] = asked["metadata"];
  messages_.push_back(message);
  const std::string key =
      asked.contains("metadata") ? asked["metadata"]["event_payload"].value("delivery", "") : "";
  heard_.push_back({message["ts"], plain(std::string(asked["text"])), thread, key});
  return answered(
      {{"ok", true}, {"channel", kChannel}, {"ts", message["ts"]}, {"message", message}});
}

net::Response SlackStage::whisper(const json& asked) {
  if (asked.value("user", "").empty()) return refused("user_not_in_channel");
  const std::string ts = next_ts();
  heard_.push_back({ts, plain(asked.value("text", "")), "", ""});
  return answered({{"ok", true}, {"message_ts", ts}});
}

net::Response SlackStage::handle(const net::Request& request) {
  bool known = false;
  for (const auto& [name, value] : request.headers) {
    known = known || (equal_ignoring_case(name, "authorization") &&
                      value == "Bearer " + std::string(kToken));
  }
  if (!known) return refused("invalid_auth");
  const std::string path = net::path_of(request.url);
  const std::string method = path.substr(path.rfind('/') + 1);
  const json asked = parameters(request);
  if (method == "auth.test") {
    return answered({{"ok", true},
                     {"url", "https://stage.slack.example/"},
                     {"user_id", kBotUser},
                     {"bot_id", "B0SIGNALBOX"}});
  }
  if (asked.value("channel", "") != kChannel) return refused("channel_not_found");
  if (method == "conversations.history") return history(asked);
  if (method == "conversations.replies") return replies(asked);
  if (method == "chat.postMessage") return post_message(asked);
  if (method == "chat.postEphemeral") return whisper(asked);
  return refused("unknown_method");
}

}  // namespace

std::unique_ptr<testing::Stage> make_stage(const Clock& clock);
std::unique_ptr<testing::Stage> make_stage(const Clock& clock) {
  return std::make_unique<SlackStage>(clock);
}

}  // namespace signalbox::connectors::slack
