#include "tests/support/scripted_dns.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "base/check.h"

namespace signalbox::testing {
namespace {

constexpr const char* kFarewell = "bye";

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

}  // namespace

ScriptedDns::ScriptedDns(std::function<std::string(const std::string&)> answer)
    : answer_(std::move(answer)), socket_(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  check(bind(socket_, plain, size) == 0, "a loopback port is free");
  getsockname(socket_, plain, &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

ScriptedDns::~ScriptedDns() {
  const sockaddr_in own = loopback(port_);
  sendto(socket_, kFarewell, 3, 0, reinterpret_cast<const sockaddr*>(&own), sizeof own);
  thread_.join();
  close(socket_);
}

std::string ScriptedDns::address() const { return "127.0.0.1:" + std::to_string(port_); }

void ScriptedDns::serve() {
  std::array<char, 4096> bytes{};
  for (;;) {
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    auto* plain = reinterpret_cast<sockaddr*>(&peer);
    const ssize_t got = recvfrom(socket_, bytes.data(), bytes.size(), 0, plain, &size);
    const std::string question(bytes.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    if (got < 0 || question == kFarewell) return;
    const std::string reply = answer_(question);
    if (!reply.empty()) sendto(socket_, reply.data(), reply.size(), 0, plain, size);
  }
}

std::string dns_answer(const std::string& question) {
  std::string reply = question.substr(0, 2);
  reply.append("\x81\x80\0\1\0\1\0\0\0\0", 10);
  const std::size_t end = question.find('\0', 12) + 5;  // the name, its type and class
  reply += question.substr(12, end - 12);
  reply.append("\xC0\x0C\0\1\0\1\0\0\0\x3C\0\4\xC0\0\2\1", 16);
  return reply;
}

}  // namespace signalbox::testing
