#include "connectors/slack/api.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <span>

#include "connectors/json.h"
#include "net/backoff.h"

namespace signalbox::connectors::slack {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 3> kTooMany = {"ratelimited", "rate_limited",
                                                      "message_limit_exceeded"};
constexpr std::array<std::string_view, 5> kTheirTrouble = {
    "fatal_error", "internal_error", "service_unavailable", "request_timeout", ""};
constexpr std::array<std::string_view, 15> kStaffMustAct = {
    "invalid_auth",           "not_authed",        "token_revoked",     "token_expired",
    "account_inactive",       "no_permission",     "missing_scope",     "access_denied",
    "not_in_channel",         "is_archived",       "restricted_action", "accesslimited",
    "not_allowed_token_type", "ekm_access_denied", "org_login_required"};

bool among(std::string_view word, Words words) {
  return std::ranges::find(words, word) != words.end();
}

/// The other side's word, kept from forging lines of ours.
std::string harmless(std::string_view word) {
  std::string kept;
  for (const char c : word.substr(0, 60)) {
    if ((c >= 'a' && c <= 'z') || c == '_') kept += c;
  }
  return kept.empty() ? "no reason given" : kept;
}

}  // namespace

Error refusal_word(std::string_view word, std::string_view method) {
  std::string what = "slack: " + std::string(method) + ": " + harmless(word);
  if (among(word, kTooMany)) return rate_limited(std::move(what));
  if (among(word, kTheirTrouble)) return unavailable(std::move(what));
  if (word == "not_in_channel") what += ": invite the bot to the channel";
  if (word == "missing_scope") what += ": give the app the scopes it needs and reinstall it";
  if (word == "channel_not_found") what += ": check `channel`, and that the bot is a member";
  return among(word, kStaffMustAct) ? unauthorized(std::move(what)) : invalid(std::move(what));
}

Api::Api(std::string base_url, Secret token, World world)
    : base_url_(std::move(base_url)), token_(std::move(token)), world_(world) {
  while (base_url_.ends_with('/')) base_url_.pop_back();
}

Task<Result<nlohmann::json>> Api::ask(std::string method, net::Parameters parameters) {
  net::Request request;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = net::form(parameters);
  co_return co_await call(std::move(method), std::move(request));
}

Task<Result<nlohmann::json>> Api::tell(std::string method, nlohmann::json body) {
  net::Request request;
  request.headers = {{"Content-Type", "application/json; charset=utf-8"}};
  request.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  request.speaks = true;
  co_return co_await call(std::move(method), std::move(request));
}

Task<Result<nlohmann::json>> Api::call(std::string method, net::Request request) {
  const std::string place = "slack: " + method;
  request.method = "POST";
  request.url = base_url_ + "/" + method;
  request.headers.emplace_back("Authorization", "Bearer " + token_.reveal());
  auto response = co_await world_.http.send(std::move(request));
  if (!response) co_return response.error();
  if (response->status < 200 || response->status > 299) {
    co_return net::refusal(*response, place, world_.clock.now());
  }
  auto answer = parse_json(*response, place);
  if (!answer) co_return answer.error();
  if (!at(*answer, "ok").is_boolean()) co_return misshapen(place);
  if (!flag_at(*answer, "ok")) {
    Error error = refusal_word(text_at(*answer, "error"), method);
    error.retry_after = net::retry_after(*response, world_.clock.now());
    co_return error;
  }
  co_return answer;
}

}  // namespace signalbox::connectors::slack
