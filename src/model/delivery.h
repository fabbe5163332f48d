// One announcement on its way to one account, from the moment it was decided until its fate is
// known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "model/announcement.h"
#include "model/post.h"

namespace signalbox {

/// Where a delivery is. `sending` found at start means a crash in between: it is in doubt.
enum class DeliveryState : std::uint8_t { waiting, sending, in_doubt, sent, failed, cancelled };
std::string_view word(DeliveryState state);
std::optional<DeliveryState> delivery_state_from(std::string_view word);

/// A row of the outbox.
struct Delivery {
  std::string id;  ///< announcement id and account; also the idempotency key at the receiver
  std::string announcement;  ///< the announcement's id
  std::string account;
  Tidings tidings = Tidings::staff_word;
  std::string text;       ///< as it will stand on the network
  std::string reply_to;   ///< remote id to reply to, or ""
  std::string thread;     ///< thread of that post, where the network wants it
  std::string direct_to;  ///< author to tell in private where no reply is possible, or ""
  int priority = 0;       ///< higher goes first: news before reminders before backlog
  DeliveryState state = DeliveryState::waiting;
  int attempts = 0;
  int looks = 0;  ///< how often our timeline was read back while in doubt
  Time created{};
  Time due{};                   ///< not before; once settled: when that was
  std::optional<Time> sent_at;  ///< when the last attempt began
  std::string remote_id;        ///< the network's id once known
  std::string remote_url;
  std::string error;     ///< the last refusal, one line
  bool revoked = false;  ///< not to be sent again: an attempt in doubt is only looked for

  bool settled() const {
    return state == DeliveryState::sent || state == DeliveryState::failed ||
           state == DeliveryState::cancelled;
  }
  bool operator==(const Delivery&) const = default;
};

}  // namespace signalbox
