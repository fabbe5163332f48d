#include "connectors/slack/message.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "connectors/json.h"
#include "connectors/slack/ts.h"

namespace signalbox::connectors::slack {
namespace {

/// Passed on with "share message": Slack hangs the original on as an attachment. A pasted link that
/// unfurled is none.
const nlohmann::json* passed_on(const nlohmann::json& entry) {
  const nlohmann::json& attachments = at(entry, "attachments");
  if (!attachments.is_array()) return nullptr;
  for (const nlohmann::json& one : attachments) {
    if (flag_at(one, "is_share")) return &one;
  }
  return nullptr;
}

std::optional<Message> read_message(const nlohmann::json& entry) {
  Message message;
  message.ts = text_at(entry, "ts");
  if (!read_ts(message.ts)) return std::nullopt;
  message.thread = text_at(entry, "thread_ts");
  if (message.thread == message.ts) message.thread.clear();
  message.user = text_at(entry, "user");
  message.bot = text_at(entry, "bot_id");
  message.subtype = text_at(entry, "subtype");
  message.text = text_at(entry, "text");
  message.edited = text_at(at(entry, "edited"), "ts");
  const nlohmann::json& metadata = at(entry, "metadata");
  if (text_at(metadata, "event_type") == kEventType) {
    message.delivery = text_at(at(metadata, "event_payload"), "delivery");
  }
  if (const nlohmann::json* original = passed_on(entry)) {
    message.origin = message.text.empty() ? Origin::boost : Origin::quote;
    if (message.text.empty()) message.text = text_at(*original, "text");
  }
  return message;
}

}  // namespace

bool Message::housekeeping() const {
  static constexpr std::array<std::string_view, 8> kOwnWords = {
      "message_changed", "message_deleted", "message_replied", "tombstone",
      "pinned_item",     "unpinned_item",   "reminder_add",    "ekm_access_denied"};
  return subtype.starts_with("channel_") || subtype.starts_with("group_") ||
         std::ranges::find(kOwnWords, subtype) != kOwnWords.end();
}

Result<Page> read_page(const nlohmann::json& answer, std::string_view place) {
  const nlohmann::json& entries = at(answer, "messages");
  if (!entries.is_array()) return misshapen(place);
  Page page;
  for (const nlohmann::json& entry : entries) {
    if (auto message = read_message(entry)) page.messages.push_back(std::move(*message));
  }
  if (page.messages.empty() && !entries.empty()) return misshapen(place);
  page.has_more = flag_at(answer, "has_more");
  page.next_cursor = text_at(at(answer, "response_metadata"), "next_cursor");
  return page;
}

Origin origin_of(const Message& message, const std::vector<std::string>& accepted) {
  if (!message.bot.empty() || message.subtype == "bot_message") return Origin::bot;
  if (message.origin != Origin::own) return message.origin;
  if (message.subtype.empty()) return Origin::own;
  return std::ranges::find(accepted, message.subtype) != accepted.end() ? Origin::own
                                                                        : Origin::hidden;
}

}  // namespace signalbox::connectors::slack
