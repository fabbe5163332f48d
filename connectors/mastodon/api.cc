#include "connectors/mastodon/api.h"

#include <nlohmann/json.hpp>

#include "connectors/json.h"
#include "net/backoff.h"

namespace signalbox::connectors::mastodon {
namespace {

using nlohmann::json;

bool good(const net::Response& response) { return response.status >= 200 && response.status < 300; }

Error refused(const net::Response& response, const std::string& place, Time now) {
  Error error = net::refusal(response, place, now);
  if (error.code == Error::Code::unauthorized) error.what += ": check the token and its scopes";
  return error;
}

}  // namespace

Api::Api(std::string base_url, Secret token, World world)
    : base_url_(std::move(base_url)), token_(std::move(token)), world_(world) {
  while (base_url_.ends_with('/')) base_url_.pop_back();
}

Task<Result<net::Response>> Api::send(net::Request request) {
  request.url.insert(0, base_url_);
  request.headers.emplace_back("Authorization", "Bearer " + token_.reveal());
  request.headers.emplace_back("Accept", "application/json");
  co_return co_await world_.http.send(std::move(request));
}

Task<Result<json>> Api::get(std::string path, net::Parameters query, std::string place) {
  place.insert(0, "mastodon: ");
  net::Request request;
  request.url = net::with_query(std::move(path), query);
  Result<net::Response> response = co_await send(std::move(request));
  if (!response) co_return response.error();
  if (!good(*response)) co_return refused(*response, place, now());
  co_return parse_json(*response, place);
}

Task<Result<std::optional<json>>> Api::look_up(std::string path, std::string known_path,
                                               std::string place) {
  net::Request request;
  request.url = std::move(path);
  Result<net::Response> response = co_await send(std::move(request));
  if (!response) co_return response.error();
  const bool gone = response->status == 404 || response->status == 410;
  if (!gone && !good(*response)) co_return refused(*response, "mastodon: " + place, now());
  Result<json> answer = parse_json(*response, "mastodon: " + place);
  if (!gone && !answer) co_return answer.error();
  if (!gone) co_return std::optional<json>(std::move(*answer));
  if (!answer || text_at(*answer, "error").empty()) {
    const Result<json> sane = co_await get(known_path, {}, place);
    if (!sane) co_return sane.error();
  }
  co_return std::optional<json>();
}

Task<Result<json>> Api::say(std::string path, net::Parameters fields, std::string key,
                            std::string place) {
  place.insert(0, "mastodon: ");
  net::Request request;
  request.method = "POST";
  request.url = std::move(path);
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                     {"Idempotency-Key", std::move(key)}};
  request.body = net::form(fields);
  request.speaks = true;
  Result<net::Response> response = co_await send(std::move(request));
  if (!response) co_return response.error();
  if (!good(*response)) co_return refused(*response, place, now());
  co_return parse_json(*response, place);
}

}  // namespace signalbox::connectors::mastodon
