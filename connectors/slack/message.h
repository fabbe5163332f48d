// One message as Slack's Web API gives it, reduced to what Signalbox asks of it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/post.h"

namespace signalbox::connectors::slack {

/// A message. Texts are as sent: markup unresolved.
struct Message {
  std::string ts;
  std::string thread;  ///< ts of the thread's first message when this is a reply, else ""
  std::string user;
  std::string bot;  ///< "B…" when a program wrote it
  std::string subtype;
  std::string text;
  std::string edited;    ///< ts of the last edit, or "". Unfurling a link is none.
  std::string delivery;  ///< our own key, where we put one into its metadata
  /// boost or quote when somebody's message is passed on, alone (its text is then `text`) or with
  /// own words; else own.
  Origin origin = Origin::own;

  /// What is left where a thread's first message was deleted.
  bool tombstone() const { return subtype == "tombstone"; }
  /// Comings and goings, topics, pins: Slack's own words, nobody's.
  bool housekeeping() const;
};

/// A page of messages, in Slack's order; entries that are none are left out.
struct Page {
  std::vector<Message> messages;
  bool has_more = false;
  std::string next_cursor;
};

/// `messages`, `has_more` and the next cursor of an answer; corrupt when it has no messages.
Result<Page> read_page(const nlohmann::json& answer, std::string_view place);

/// `event_type` of the metadata our messages carry.
inline constexpr std::string_view kEventType = "signalbox_delivery";

/// Whose words they are. `accepted`: the subtypes that count like none (thread_broadcast,
/// file_share).
Origin origin_of(const Message& message, const std::vector<std::string>& accepted);

}  // namespace signalbox::connectors::slack
