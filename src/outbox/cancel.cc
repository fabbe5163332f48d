#include <string>
#include <utility>

#include "outbox/outbox.h"

namespace signalbox::outbox {

Outbox::Cancelled Outbox::cancel_announcement(std::string_view announcement, Time now) {
  Cancelled cancelled;
  auto next = announcements_.lower_bound({std::string(announcement), ""});
  while (next != announcements_.end() && next->first == announcement) {
    const auto it = open_.find((next++)->second);
    if (it->second.delivery.state == DeliveryState::waiting) {
      cancelled.rows.push_back(close(it, DeliveryState::cancelled, "", now));
      continue;
    }
    it->second.delivery.revoked = true;
    cancelled.rows.push_back(it->second.delivery);
    cancelled.perhaps_out.push_back(it->second.delivery);
  }
  return cancelled;
}

std::vector<Delivery> Outbox::cancel_account(std::string_view account, std::string_view why,
                                             Time now) {
  std::vector<Delivery> rows;
  lane(account).closed = why;
  for (auto next = open_.begin(); next != open_.end();) {
    const auto it = next++;
    Delivery& delivery = it->second.delivery;
    if (delivery.account != account) continue;
    if (delivery.state == DeliveryState::sending) {
      delivery.revoked = true;
      rows.push_back(delivery);
    } else {
      rows.push_back(close(it, DeliveryState::cancelled, why, now));
    }
  }
  return rows;
}

std::vector<Delivery> Outbox::cancel_stale_news(std::string_view account, Duration age, Time now) {
  std::vector<std::string> stale;
  const auto pick = [&](const std::set<Place>& places) {
    for (const Place& place : places) {
      const Delivery& d = open_.find(place.id)->second.delivery;
      if (is_news(d.tidings) && now - d.created > age) stale.push_back(d.id);
    }
  };
  const Lane& there = lane(account);
  pick(there.ready);
  for (const auto& [due, places] : there.later) pick(places);
  std::vector<Delivery> rows;
  for (const std::string& id : stale) {
    rows.push_back(
        close(open_.find(id), DeliveryState::cancelled, "too old to be told as news", now));
  }
  return rows;
}

}  // namespace signalbox::outbox
