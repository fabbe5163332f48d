// Saying: to the channel, into a thread of it, or to one person in it.
#include <nlohmann/json.hpp>

#include "connectors/json.h"
#include "connectors/outcome.h"
#include "connectors/slack/markup.h"
#include "connectors/slack/network.h"
#include "connectors/slack/ts.h"

namespace signalbox::connectors::slack {
namespace {

nlohmann::json message_body(const Delivery& delivery, const std::string& channel) {
  nlohmann::json body = {
      {"channel", channel},
      {"text", escaped(delivery.text)},
      {"mrkdwn", false},
      {"unfurl_links", false},
      {"unfurl_media", false},
      {"metadata", {{"event_type", kEventType}, {"event_payload", {{"delivery", delivery.id}}}}},
  };
  const std::string& thread = delivery.thread.empty() ? delivery.reply_to : delivery.thread;
  if (!thread.empty()) body["thread_ts"] = thread;
  return body;
}

/// Only that person sees it, where they wrote; Slack keeps no trace of it.
nlohmann::json whisper_body(const Delivery& delivery, const std::string& channel) {
  return {{"channel", channel}, {"user", delivery.direct_to}, {"text", escaped(delivery.text)}};
}

}  // namespace

Task<Result<Said>> Slack::say(const Delivery& delivery) {
  const bool whisper = !delivery.direct_to.empty() && delivery.reply_to.empty();
  const std::string method = whisper ? "chat.postEphemeral" : "chat.postMessage";
  nlohmann::json body =
      whisper ? whisper_body(delivery, channel_.id) : message_body(delivery, channel_.id);
  auto answer = co_await api_.tell(method, std::move(body));
  if (!answer) co_return after_saying(answer.error());
  const std::string ts = text_at(*answer, whisper ? "message_ts" : "ts");
  if (!read_ts(ts)) co_return after_saying(misshapen("slack: " + method));
  const std::string& thread = delivery.thread.empty() ? delivery.reply_to : delivery.thread;
  co_return Said{ts, whisper ? "" : permalink(ts, thread)};
}

}  // namespace signalbox::connectors::slack
