#include "model/delivery.h"

#include <array>

namespace signalbox {

std::string_view word(DeliveryState state) {
  switch (state) {
    case DeliveryState::waiting:
      return "waiting";
    case DeliveryState::sending:
      return "sending";
    case DeliveryState::in_doubt:
      return "in_doubt";
    case DeliveryState::sent:
      return "sent";
    case DeliveryState::failed:
      return "failed";
    case DeliveryState::cancelled:
      return "cancelled";
  }
  return "";
}

std::optional<DeliveryState> delivery_state_from(std::string_view text) {
  constexpr std::array kAll = {DeliveryState::waiting,  DeliveryState::sending,
                               DeliveryState::in_doubt, DeliveryState::sent,
                               DeliveryState::failed,   DeliveryState::cancelled};
  for (const DeliveryState state : kAll) {
    if (word(state) == text) return state;
  }
  return std::nullopt;
}

}  // namespace signalbox
