#include "web/control/gate.h"

#include <sodium.h>

#include <array>

#include "base/text.h"
#include "web/public/pass.h"

namespace signalbox::web {
namespace {

constexpr auto kSessionLasts = std::chrono::hours(12);
constexpr std::size_t kMostSessions = 100;
constexpr int kMostFailures = 5;
constexpr auto kShutFor = std::chrono::minutes(1);
constexpr std::string_view kCookie = "signalbox";

std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

bool loopback_name(std::string_view host) {
  const std::string_view name = without_port(host);
  return name == "127.0.0.1" || name == "[::1]" || equal_ignoring_case(name, "localhost");
}

std::string random_name() {
  std::array<unsigned char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 33> text{};
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  return text.data();
}

}  // namespace

Gate::Gate(Secret token, bool any_host) : token_(std::move(token)), any_host_(any_host) {
  // Failing means no random numbers; sodium then aborts by itself at the first use.
  [[maybe_unused]] const int ready = sodium_init();
}

bool Gate::is_token(std::string_view given) const {
  const std::string& token = token_.reveal();
  if (token.empty() || given.size() != token.size()) return false;
  return sodium_memcmp(given.data(), token.data(), token.size()) == 0;
}

bool Gate::has_session(std::string_view cookie, SteadyTime now) {
  const std::string_view session = cookie_in(cookie, kCookie);
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(session);
  return found != sessions_.end() && now < found->second;
}

Gate::Decision Gate::decide(const Credentials& credentials, SteadyTime now) {
  if (!any_host_ && !loopback_name(credentials.host)) {
    return {403, "this Host is not served here; use 127.0.0.1"};
  }
  const std::string_view origin = credentials.origin;
  const bool own =
      origin == "http://" + credentials.host || origin == "https://" + credentials.host;
  if (!origin.empty() && !own) return {403, "requests from other pages are refused"};
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view authorization = credentials.authorization;
  const bool bearer = equal_ignoring_case(authorization.substr(0, kBearer.size()), kBearer);
  if (bearer && is_token(trim(authorization.substr(kBearer.size())))) return {};
  if (has_session(credentials.cookie, now)) {
    // A browser sends the Origin with every form it posts; without one it is no browser's form.
    if (credentials.changes && !own) return {403, "an Origin header is needed"};
    return {};
  }
  return {401, "send the token of control.token as \"Authorization: Bearer TOKEN\""};
}

std::optional<std::string> Gate::open_session(std::string_view token, SteadyTime now) {
  const std::lock_guard lock(mutex_);
  if (now < shut_until_) return std::nullopt;
  if (!is_token(token)) {
    if (++failures_ >= kMostFailures) {
      failures_ = 0;
      shut_until_ = now + kShutFor;
    }
    return std::nullopt;
  }
  failures_ = 0;
  std::erase_if(sessions_, [now](const auto& session) { return session.second <= now; });
  if (sessions_.size() >= kMostSessions) sessions_.clear();
  std::string name = random_name();
  sessions_[name] = now + kSessionLasts;
  return name;
}

}  // namespace signalbox::web
