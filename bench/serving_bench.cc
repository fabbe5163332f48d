// Serves a board until its standard input closes; bench/serving.py compares it with nginx.
// Arguments: a folder; a path, whose body, gzip bytes and head are written there for nginx to
// serve; how many services and incidents the board has.
#include <fstream>
#include <iostream>
#include <string>

#include "bench/sample_board.h"
#include "web/public/server.h"

namespace {

class AlwaysReady final : public signalbox::web::Readiness {
 public:
  std::string not_ready_because() const override { return {}; }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "serving_bench FOLDER PATH SERVICES INCIDENTS\n";
    return 2;
  }
  const signalbox::SystemClock clock;
  const AlwaysReady ready;
  signalbox::web::PublicSettings settings;
  settings.address = "127.0.0.1:0";
  settings.stale_after = std::chrono::hours(24);
  const auto server = signalbox::web::make_public_server(settings, ready);
  const auto board = signalbox::bench::board(clock.now(), std::stoi(argv[3]), std::stoi(argv[4]));
  const auto site =
      signalbox::web::render(std::make_shared<const signalbox::Snapshot>(board), nullptr, nullptr);
  server->publish(site, "");
  const auto address = server->listen();
  if (!address) {
    std::cerr << address.error().what << "\n";
    return 1;
  }
  server->serve();
  const auto document = site->find(argv[2]);
  const auto& bytes = document->bytes(signalbox::web::Encoding::gzip);
  const std::string folder = argv[1];
  std::ofstream(folder + "/document.gz", std::ios::binary) << bytes.body;
  std::ofstream(folder + "/document", std::ios::binary) << document->body();
  std::ofstream(folder + "/head.txt", std::ios::binary) << bytes.head;
  std::cout << *address << std::endl;
  std::string ignored;
  while (std::getline(std::cin, ignored)) {
  }
  server->stop(std::chrono::seconds(1));
}
