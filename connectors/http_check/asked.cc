#include "connectors/http_check/asked.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "connectors/check.h"
#include "connectors/server.h"
#include "connectors/sign_in.h"
#include "net/check_request.h"

namespace signalbox::connectors::http_check {
namespace {

constexpr std::array<std::string_view, 7> kMethods = {"GET",   "HEAD",   "POST",   "PUT",
                                                      "PATCH", "DELETE", "OPTIONS"};
constexpr std::string_view kHeaders = "headers.";

/// Headers that say how the message is framed: libcurl's to write.
bool of_framing(const std::string& name) {
  constexpr std::array<std::string_view, 4> kOurs = {"connection", "content-length",
                                                     "transfer-encoding", "expect"};
  return std::ranges::find(kOurs, to_lower(name)) != kOurs.end();
}

bool speaks(const std::string& method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

void read_method(const Settings& settings, net::Request& request) {
  request.method = settings.text("method", "GET");
  if (std::ranges::find(kMethods, request.method) == kMethods.end()) {
    settings.refuse("method", "must be GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS");
    request.method = "GET";
  }
  request.speaks = speaks(request.method);
  request.body = settings.text("body");
  const bool silent = request.method == "HEAD" || request.method == "DELETE";
  if (silent && !request.body.empty()) {
    settings.refuse("body", "is not sent with " + request.method);
  }
}

void read_url(const Settings& settings, net::Request& request) {
  settings.require("url");
  request.url = settings.text("url");
  if (request.url.empty()) return;
  const std::string host = request.url.substr(0, request.url.find_first_of("/?#", 8));
  net::Request bare;
  bare.url = request.url;
  if (net::objection(bare)) {
    settings.refuse("url", "must begin with http:// or https://, and hold no spaces");
  } else if (host.find('@') != std::string::npos) {
    settings.refuse("url", "must not hold a user; use `user` and `password`");
  }
}

void read_headers(const Settings& settings, net::Request& request) {
  request.headers = sign_in(settings);
  const bool signed_in = !request.headers.empty();
  for (const std::string& key : settings.below(kHeaders)) {
    const std::string name = key.substr(kHeaders.size());
    net::Request alone;
    alone.url = "http://name/";
    alone.headers = {{name, settings.text(key)}};
    if (of_framing(name)) {
      settings.refuse(key, "is written by Signalbox itself");
    } else if (signed_in && equal_ignoring_case(name, "authorization")) {
      settings.refuse(key, "either this header, or user and password, or token");
    } else if (net::objection(alone)) {
      settings.refuse(key, "is no header: its name or its value holds what a header cannot");
    }
    request.headers.push_back(alone.headers.front());
  }
}

std::shared_ptr<const RE2> read_pattern(const Settings& settings, const char* key,
                                        const std::string& method) {
  const std::string text = settings.text(key);
  if (settings.find(key) == nullptr) return nullptr;
  auto pattern = std::make_shared<const RE2>(text, RE2::Quiet);
  if (!pattern->ok()) settings.refuse(key, "is not a pattern of RE2: " + pattern->error());
  if (text.empty()) settings.refuse(key, "must not be empty");
  if (method == "HEAD") settings.refuse(key, "needs a body, which the answer to HEAD has not");
  return pattern->ok() ? pattern : nullptr;
}

std::optional<Duration> read_certificate_expires(const Settings& settings, const std::string& url) {
  constexpr const char* kKey = "certificate_expires";
  if (settings.find(kKey) == nullptr) return std::nullopt;
  const Duration soon = settings.duration(kKey, std::chrono::hours(24));
  const bool sane = soon >= std::chrono::hours(1) && soon <= std::chrono::hours(24 * 366);
  if (!sane) settings.refuse(kKey, "must be from 1h to 366d");
  if (!to_lower(url).starts_with("https:")) settings.refuse(kKey, "needs a url of https");
  return soon;
}

/// As they stand in a request, and as they stand in the settings.
std::vector<std::string> secrets_of(const Settings& settings, const net::Request& request) {
  std::vector<std::string> all{request.body, settings.text("token"), settings.text("password")};
  for (const auto& [name, value] : request.headers) {
    all.push_back(value);
    const std::size_t space = value.find(' ');
    if (space != std::string::npos) all.push_back(value.substr(space + 1));
  }
  constexpr std::size_t kTooShortToTell = 4;
  std::erase_if(all, [](const std::string& text) { return text.size() < kTooShortToTell; });
  std::ranges::sort(all, std::greater<>(), &std::string::size);
  return all;
}

}  // namespace

Asked read_asked(const SourceSetup& setup) {
  const Settings& settings = setup.settings;
  Asked asked;
  net::Request& request = asked.request;
  read_method(settings, request);
  read_url(settings, request);
  read_headers(settings, request);
  asked.secrets = secrets_of(settings, request);
  request.timeout = timeout_of(settings);
  request.ca_file = ca_file_of(setup);
  request.most_bytes =
      static_cast<std::size_t>(settings.whole("most_bytes", 1 << 20, 1 << 10, 16 << 20));
  // A try that shows how a new visitor fares makes a connection of its own.
  if (!settings.flag("keep_alive", false)) request.headers.emplace_back("Connection", "close");
  asked.redirects = settings.whole("redirects", 0, 0, 10);
  asked.to_http = settings.flag("redirects_to_http", false);
  asked.statuses = expected_statuses(settings);
  asked.body = read_pattern(settings, "expect.body", request.method);
  asked.absent = read_pattern(settings, "expect.absent", request.method);
  asked.certificate_expires = read_certificate_expires(settings, request.url);
  request.about_certificate = asked.certificate_expires.has_value();
  return asked;
}

Grade judge(const Asked& asked, const net::Response& answer) {
  if (!holds(asked.statuses, answer.status)) {
    return {State::down, "status " + std::to_string(answer.status)};
  }
  if (asked.body && !RE2::PartialMatch(answer.body, *asked.body)) {
    return {State::down, "the answer lacks what is expected in it"};
  }
  if (asked.absent && RE2::PartialMatch(answer.body, *asked.absent)) {
    return {State::down, "the answer holds what must be absent"};
  }
  return {State::up, "status " + std::to_string(answer.status)};
}

}  // namespace signalbox::connectors::http_check
