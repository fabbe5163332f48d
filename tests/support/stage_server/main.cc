// A network's far side over real HTTP, for tests of the whole program: `stage_server KIND [PORT]`
// prints its address and serves until its standard input ends. Orders to it stand in control.h.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>

#include "base/text.h"
#include "connectors/registry.h"
#include "net/url.h"
#include "tests/support/scripted_server.h"
#include "tests/support/stage_server/control.h"

namespace signalbox::testing {
namespace {

/// A request as it came over the wire; whole, as ScriptedServer hands it on.
net::Request parse_request(const std::string& bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  const auto lines = split(std::string_view(bytes).substr(0, end), '\n');
  const auto words = split(lines.front(), ' ');
  net::Request request;
  request.method = std::string(words.front());
  request.url = std::string(words.size() > 1 ? words[1] : "/");
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::size_t colon = std::min(lines[i].find(':'), lines[i].size() - 1);
    request.headers.emplace_back(std::string(lines[i].substr(0, colon)),
                                 std::string(trim(lines[i].substr(colon + 1))));
    // Signatures are over the whole address.
    if (to_lower(request.headers.back().first) == "host") {
      request.url = "http://" + request.headers.back().second + request.url;
    }
  }
  request.body = bytes.substr(end + 4);
  return request;
}

std::string wire(const net::Response& response) {
  std::string bytes = "HTTP/1.1 " + std::to_string(response.status) + " Staged\r\n";
  for (const auto& [name, value] : response.headers) bytes += name + ": " + value + "\r\n";
  return bytes + "content-length: " + std::to_string(response.body.size()) +
         "\r\nconnection: close\r\n\r\n" + response.body;
}

/// One request at a time: a stage is not thread-safe.
class Front {
 public:
  explicit Front(std::unique_ptr<Stage> stage) : stage_(std::move(stage)) {}

  Script answer(const std::string& bytes) {
    const std::lock_guard lock(mutex_);
    const net::Request request = parse_request(bytes);
    if (net::path_of(request.url).starts_with("/_stage/"))
      return {wire(obey(*stage_, request)), false};
    const net::Response response = stage_->answer(request);
    return stage_->take_lost_answer() ? Script{} : Script{wire(response), false};
  }

 private:
  std::mutex mutex_;
  std::unique_ptr<Stage> stage_;
};

int serve(std::string_view kind, int port) {
  const SystemClock clock;
  Front front(make_stage(kind, clock));
  const ScriptedServer server([&](const std::string& bytes) { return front.answer(bytes); }, port);
  std::printf("%s\n", server.url().c_str());
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  return 0;
}

}  // namespace
}  // namespace signalbox::testing

int main(int count, char** words) {
  const std::string_view kind = count > 1 ? words[1] : "";
  if (signalbox::connectors::network_kind(kind) == nullptr) {
    std::fprintf(stderr, "usage: stage_server KIND [PORT]; name a network of connectors.def\n");
    return 2;
  }
  return signalbox::testing::serve(kind, count > 2 ? std::atoi(words[2]) : 0);
}
