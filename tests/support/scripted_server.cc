#include "tests/support/scripted_server.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "base/check.h"
#include "base/text.h"

namespace signalbox::testing {
namespace {

/// The length that a request's head promises for its body.
std::size_t promised(const std::string& head) {
  const std::string lower = to_lower(head);
  const std::size_t at = lower.find("content-length:");
  return at == std::string::npos ? 0 : std::strtoul(lower.c_str() + at + 15, nullptr, 10);
}

bool whole(const std::string& request) {
  const std::size_t end = request.find("\r\n\r\n");
  return end != std::string::npos && request.size() >= end + 4 + promised(request.substr(0, end));
}

}  // namespace

ScriptedServer::ScriptedServer(std::function<Script(const std::string&)> answer, int port)
    : answer_(std::move(answer)), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const int yes = 1;
  setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  check(bind(listener_, plain, size) == 0 && listen(listener_, 512) == 0,
        "a loopback port is free");
  getsockname(listener_, plain, &size);
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { accept_all(); });
}

ScriptedServer::~ScriptedServer() {
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  std::unique_lock lock(mutex_);
  for (const int connection : connections_) shutdown(connection, SHUT_RDWR);
  closed_.wait(lock, [this] { return connections_.empty(); });
  close(listener_);
}

std::string ScriptedServer::url() const { return "http://127.0.0.1:" + std::to_string(port_); }

std::vector<std::string> ScriptedServer::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

void ScriptedServer::accept_all() {
  for (int one = accept(listener_, nullptr, nullptr); one >= 0;
       one = accept(listener_, nullptr, nullptr)) {
    {
      const std::lock_guard lock(mutex_);
      connections_.insert(one);
      most_ = std::max(most_.load(), static_cast<int>(connections_.size()));
    }
    std::thread([this, one] { serve(one); }).detach();
  }
}

void ScriptedServer::serve(int connection) {
  converse(connection);
  const std::lock_guard lock(mutex_);
  connections_.erase(connection);
  close(connection);
  closed_.notify_all();
}

void ScriptedServer::converse(int connection) {
  std::string request;
  std::vector<char> bytes(65536);
  while (!whole(request)) {
    const ssize_t got = recv(connection, bytes.data(), bytes.size(), 0);
    if (got <= 0) return;
    request.append(bytes.data(), static_cast<std::size_t>(got));
  }
  {
    const std::lock_guard lock(mutex_);
    if (requests_.size() < 1000) requests_.push_back(request);
  }
  const Script script = answer_(request);
  std::string_view left = script.bytes;
  while (!left.empty()) {
    const ssize_t sent = send(connection, left.data(), left.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    left.remove_prefix(static_cast<std::size_t>(sent));
  }
  while (script.hold && recv(connection, bytes.data(), bytes.size(), 0) > 0) {
  }
}

std::string http_ok(const std::string& body, const std::string& headers) {
  return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n\r\n" + body;
}

}  // namespace signalbox::testing
