#include "connectors/twitter/api.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "connectors/json.h"
#include "net/backoff.h"

namespace signalbox::connectors::twitter {
namespace {

/// v2 says it in words, v1.1 by number 187.
bool refuses_a_duplicate(const net::Response& response) {
  if (response.status != 403) return false;
  const auto body = nlohmann::json::parse(response.body, nullptr, false);
  if (to_lower(text_at(body, "detail")).find("duplicate content") != std::string::npos) return true;
  const nlohmann::json& errors = at(body, "errors");
  for (const nlohmann::json& one : errors.is_array() ? errors : nlohmann::json::array()) {
    if (number_at(one, "code") == 187) return true;
    if (to_lower(text_at(one, "message")).find("duplicate") != std::string::npos) return true;
  }
  return false;
}

Error refused(const net::Response& response, const std::string& place, Time now) {
  if (refuses_a_duplicate(response)) {
    return invalid(std::string(kDuplicate) + "the same text is on the timeline");
  }
  if (response.body.find("unsupported-authentication") != std::string::npos) {
    return unauthorized(place + ": needs a user's keys: consumer_key, consumer_secret, token and " +
                        "token_secret");
  }
  return net::refusal(response, place, now);
}

}  // namespace

Api::Api(std::string base_url, Keys keys, World world)
    : base_url_(std::move(base_url)), keys_(std::move(keys)), world_(world) {
  while (base_url_.ends_with('/')) base_url_.pop_back();
}

std::string Api::authorization(const net::Request& request) const {
  if (!keys_.may_speak()) return "Bearer " + keys_.bearer.reveal();
  return net::sign_oauth1(request.method, request.url, {}, keys_.user);
}

Task<Result<nlohmann::json>> Api::ask(std::string path, net::Parameters parameters) {
  net::Request request;
  request.url = net::with_query(base_url_ + path, parameters);
  co_return co_await call(std::move(path), std::move(request));
}

Task<Result<nlohmann::json>> Api::tell(std::string path, nlohmann::json body) {
  net::Request request;
  request.method = "POST";
  request.url = base_url_ + path;
  request.headers = {{"Content-Type", "application/json"}};
  request.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  request.speaks = true;
  co_return co_await call(std::move(path), std::move(request));
}

Task<Result<nlohmann::json>> Api::call(std::string path, net::Request request) {
  const std::string place = "twitter: " + request.method + " " + path;
  request.headers.emplace_back("Authorization", authorization(request));
  auto response = co_await world_.http.send(std::move(request));
  if (!response) co_return response.error();
  if (response->status < 200 || response->status > 299) {
    co_return refused(*response, place, world_.clock.now());
  }
  co_return parse_json(*response, place);
}

}  // namespace signalbox::connectors::twitter
