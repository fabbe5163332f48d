#include "app/cli/client.h"

#include <httplib.h>

#include <array>
#include <cstdio>

#include "app/server/state_dir.h"

namespace signalbox::app {

namespace {

constexpr int kPatienceSeconds = 5;

Result<CallAnswer> call(const std::string& url, const std::string& method, const std::string& path,
                        const std::string& body, httplib::Headers headers) {
  constexpr std::string_view kUnix = "unix:";
  const bool local = url.starts_with(kUnix);
  httplib::Client client(local ? url.substr(kUnix.size()) : url);
  if (local) {
    client.set_address_family(AF_UNIX);
    headers.emplace("Host", "localhost");
  }
  client.set_connection_timeout(kPatienceSeconds);
  client.set_read_timeout(kPatienceSeconds);
  const auto result = method == "POST" ? client.Post(path, headers, body, "application/json")
                                       : client.Get(path, headers);
  if (!result) {
    return unavailable("the server at " + url + " does not answer (" +
                       httplib::to_string(result.error()) + "); is it still running?");
  }
  return CallAnswer{result->status, result->body};
}

}  // namespace

Result<CallAnswer> call_control(const config::Config& config, const std::string& method,
                                const std::string& path, const std::string& body) {
  const auto run = read_run_file(config.state_dir);
  if (!run) return run.error();
  const auto token = read_token(config.state_dir);
  if (!token) return token.error();
  return call(run->control_url, method, path, body,
              {{"Authorization", "Bearer " + token->reveal()}});
}

std::string path_segment(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       c == '-' || c == '_' || c == '.' || c == '~';
    if (plain) {
      out += c;
      continue;
    }
    std::array<char, 4> code{};
    std::snprintf(code.data(), code.size(), "%%%02X", static_cast<unsigned char>(c));
    out += code.data();
  }
  return out;
}

}  // namespace signalbox::app
