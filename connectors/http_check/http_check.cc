// The http check: asks a URL, and expects a status.
#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "connectors/check.h"
#include "connectors/registry.h"
#include "net/check_request.h"

namespace signalbox::connectors::http_check {
namespace {

std::optional<int> status_from(std::string_view text) {
  int status = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), status);
  const bool whole = wrong == std::errc() && end == text.data() + text.size();
  if (!whole || status < 100 || status > 599) return std::nullopt;
  return status;
}

/// Those that `expect: {status: …}` names, one or a list; none when it is not set.
std::vector<int> statuses(const Settings& settings) {
  std::vector<int> all;
  const Setting* named = settings.find("expect.status");
  if (named == nullptr) return all;
  auto words = named->list;
  if (words.empty()) words.push_back(named->value);
  for (const std::string& word : words) {
    const auto status = status_from(word);
    if (status) {
      all.push_back(*status);
    } else {
      settings.refuse("expect.status", "must be a status from 100 to 599, or a list of them");
    }
  }
  return all;
}

net::Request request_of(const Settings& settings) {
  net::Request request;
  settings.require("url");
  request.url = settings.text("url");
  request.method = settings.text("method", "GET");
  request.timeout = timeout_of(settings);
  // A try that shows how a new visitor fares makes a connection of its own.
  if (!settings.flag("keep_alive", false)) request.headers = {{"Connection", "close"}};
  if (request.method != "GET" && request.method != "HEAD") {
    settings.refuse("method", "must be GET or HEAD");
  } else if (!request.url.empty() && net::objection(request)) {
    settings.refuse("url", "must begin with http:// or https://, and hold no spaces");
  }
  return request;
}

/// Redirects are not followed: where no status is named, one is as good as a page.
std::unique_ptr<Meter> make(const SourceSetup& setup, World world) {
  auto expected = [named = statuses(setup.settings)](const net::Response& answer) {
    const bool fine = named.empty() ? answer.status >= 200 && answer.status <= 399
                                    : std::ranges::find(named, answer.status) != named.end();
    return Grade{fine ? State::up : State::down, "status " + std::to_string(answer.status)};
  };
  return std::make_unique<Check>(setup, request_of(setup.settings), std::move(expected), world);
}

}  // namespace

extern const MeterKind kKind;
const MeterKind kKind{"http", std::chrono::seconds(30), make};

}  // namespace signalbox::connectors::http_check
