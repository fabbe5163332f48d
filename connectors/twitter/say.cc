// Saying: a post, a reply, or a direct message to one author.
#include <nlohmann/json.hpp>

#include "connectors/json.h"
#include "connectors/outcome.h"
#include "connectors/twitter/network.h"

namespace signalbox::connectors::twitter {
namespace {

std::string path_for(const Delivery& delivery) {
  if (delivery.direct_to.empty()) return "/2/tweets";
  return "/2/dm_conversations/with/" + net::percent_encode(delivery.direct_to) + "/messages";
}

nlohmann::json body_for(const Delivery& delivery) {
  nlohmann::json body = {{"text", delivery.text}};
  if (delivery.direct_to.empty() && !delivery.reply_to.empty()) {
    body["reply"] = {{"in_reply_to_tweet_id", delivery.reply_to}};
  }
  return body;
}

}  // namespace

Task<Result<Said>> Twitter::say(const Delivery& delivery) {
  // What is for one author must not be said in public, and X sends nobody messages to themselves.
  if (delivery.direct_to == timeline_.user) {
    co_return invalid("twitter: no private way to the account itself");
  }
  const std::string path = path_for(delivery);
  nlohmann::json body = body_for(delivery);
  auto answer = co_await api_.tell(path, std::move(body));
  if (!answer) {
    if (!answer.error().what.starts_with(kDuplicate)) co_return after_saying(answer.error());
    co_return co_await said_before(delivery);
  }
  const nlohmann::json& data = at(*answer, "data");
  const bool direct = !delivery.direct_to.empty();
  const std::string id = text_at(data, direct ? "dm_event_id" : "id");
  if (id.empty()) co_return after_saying(misshapen("twitter: POST " + path));
  co_return Said{id, direct ? "" : link_to(id)};
}

Task<Result<Said>> Twitter::said_before(const Delivery& delivery) {
  auto found = co_await find(delivery, Time{} + std::chrono::hours(1));
  if (!found) co_return after_saying(found.error());
  if (*found) co_return **found;
  co_return invalid(std::string(kDuplicate) + "X refuses the text, and it is not on our timeline");
}

}  // namespace signalbox::connectors::twitter
