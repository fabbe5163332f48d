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

ScriptedServer::ScriptedServer(std::function<Script(const std::string&)> answer)
    : answer_(std::move(answer)), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
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
  {
    const std::lock_guard lock(mutex_);
    for (const int held : held_) shutdown(held, SHUT_RDWR);
  }
  for (std::thread& worker : workers_) worker.join();
  for (const int held : held_) close(held);
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
      held_.push_back(one);
    }
    workers_.emplace_back([this, one] { serve(one); });
  }
}

void ScriptedServer::serve(int connection) {
  const int now_open = ++open_;
  for (int most = most_; most < now_open && !most_.compare_exchange_weak(most, now_open);) {
  }
  std::string request;
  char bytes[65536];
  while (!whole(request)) {
    const ssize_t got = recv(connection, bytes, sizeof bytes, 0);
    if (got <= 0) break;
    request.append(bytes, static_cast<std::size_t>(got));
  }
  if (whole(request)) {
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    const Script script = answer_(request);
    send(connection, script.bytes.data(), script.bytes.size(), MSG_NOSIGNAL);
    while (script.hold && recv(connection, bytes, sizeof bytes, 0) > 0) {
    }
  }
  --open_;
  shutdown(connection, SHUT_RDWR);
}

std::string http_ok(const std::string& body, const std::string& headers) {
  return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + std::to_string(body.size()) +
         "\r\nConnection: close\r\n\r\n" + body;
}

}  // namespace signalbox::testing
