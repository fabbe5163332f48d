#include "net/backoff.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "net/http_date.h"

namespace signalbox::net {
namespace {

constexpr Duration kLongest = std::chrono::hours(24);
/// Numbers above this are an instant since 1970, below it a wait.
constexpr double kYear2001 = 1e9;

Duration bounded(double seconds) {
  const double longest = std::chrono::duration<double>(kLongest).count();
  const double kept = std::clamp(seconds, 0.0, longest);
  return std::chrono::ceil<Duration>(std::chrono::duration<double>(kept));
}

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || !(value >= 0)) return {};
  return value;
}

Duration until(Time then, Time now) {
  return bounded(std::chrono::duration<double>(then - now).count());
}

/// A header that says seconds, an instant since 1970, ISO-8601 or an HTTP date.
std::optional<Duration> read_wait(std::string_view text, Time now) {
  text = trim(text);
  if (const auto seconds = number(text)) {
    if (*seconds < kYear2001) return bounded(*seconds);
    const std::chrono::duration<double> since_1970 = now.time_since_epoch();
    return bounded(*seconds - since_1970.count());
  }
  if (const auto then = parse_iso(text)) return until(*then, now);
  if (const auto then = parse_http_date(text)) return until(*then, now);
  return std::nullopt;
}

std::optional<Duration> in_body(const std::string& body, std::string_view field) {
  if (body.empty() || field.empty()) return std::nullopt;
  const auto json = nlohmann::json::parse(body, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  const auto found = json.find(field);
  if (found == json.end() || !found->is_number()) return std::nullopt;
  return bounded(found->get<double>());
}

Error::Code meaning(int status) {
  if (status == 401 || status == 403) return Error::Code::unauthorized;
  if (status == 429) return Error::Code::rate_limited;
  if (status == 408 || status >= 500) return Error::Code::unavailable;
  return Error::Code::invalid;
}

}  // namespace

Duration backoff(int failures, const Error& error, std::uint64_t random, Duration first,
                 Duration most) {
  Duration wait = std::min(first, most);
  for (int i = 1; i < failures && wait < most; ++i) wait = std::min(wait * 2, most);
  const Duration half = wait / 2;
  const auto spread = static_cast<std::uint64_t>((wait - half).count()) + 1;
  const Duration jittered = half + Duration(random % spread);
  return std::max(jittered, error.retry_after.value_or(Duration::zero()));
}

std::optional<Duration> retry_after(const Response& response, Time now,
                                    std::string_view json_field) {
  for (const std::string_view name : {"retry-after", "x-ratelimit-reset", "x-rate-limit-reset"}) {
    const auto header = response.header(name);
    if (!header) continue;
    if (const auto wait = read_wait(*header, now)) return wait;
  }
  return in_body(response.body, json_field);
}

Error refusal(const Response& response, std::string_view place, Time now) {
  Error error{meaning(response.status),
              std::string(place) + " was refused with status " + std::to_string(response.status),
              {}};
  if (response.status == 429 || response.status == 503) {
    error.retry_after = retry_after(response, now);
  }
  return error;
}

}  // namespace signalbox::net
