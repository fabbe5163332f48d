#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/conformance/check/far_side.h"
#include "tests/support/scripted_dns.h"
#include "tests/support/scripted_server.h"
#include "tests/unit/connectors/scripted_http.h"

namespace signalbox::testing {
namespace {

std::string nobody() {
  return ScriptedServer([](const std::string&) { return Script{}; }).url();
}

/// An answer that took two seconds, whatever was asked.
ScriptedHttp two_seconds() {
  return ScriptedHttp([](const net::Request&) -> Result<net::Response> {
    return net::Response{200, {}, "", std::chrono::seconds(2), {}};
  });
}

class HttpSide final : public FarSide {
 public:
  std::string_view kind() const override { return "http"; }
  Asked good() override { return at(good_.url()); }
  Asked refused() override { return at(nobody()); }
  Asked hanging() override { return at(silent_.url()); }
  Asked nonsense() override { return at(babble_.url()); }
  Asked no_way() override { return at("http://255.255.255.255"); }
  Asked slow(FakeClock&) override { return at("http://far.test"); }
  net::Http* slow_http() override { return &slow_; }

 private:
  static Asked at(const std::string& url) {
    return {{"url", word(url + "/x?key=hush-query")},
            {"token", word("hush-token")},
            {"headers.X-Key", word("hush-header")}};
  }
  ScriptedServer good_{[](const std::string&) { return Script{http_ok("hush-answer")}; }};
  ScriptedServer silent_{[](const std::string&) { return Script{"", true}; }};
  ScriptedServer babble_{[](const std::string&) { return Script{"hush what?\r\n\r\n"}; }};
  ScriptedHttp slow_ = two_seconds();
};

/// Listens and never accepts, with its queue full: no further connection is ever made.
class FullListener {
 public:
  FullListener() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* plain = reinterpret_cast<sockaddr*>(&address);
    check(bind(listener_, plain, size) == 0 && listen(listener_, 0) == 0, "a port is free");
    getsockname(listener_, plain, &size);
    port_ = ntohs(address.sin_port);
    for (int& one : waiting_) {
      one = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
      static_cast<void>(connect(one, plain, size));
    }
  }
  ~FullListener() {
    for (const int one : waiting_) close(one);
    close(listener_);
  }
  FullListener(const FullListener&) = delete;
  FullListener& operator=(const FullListener&) = delete;
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

 private:
  int listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int waiting_[4] = {};
  int port_ = 0;
};

class TcpSide final : public FarSide {
 public:
  std::string_view kind() const override { return "tcp"; }
  Asked good() override { return {{"address", word(good_.url().substr(7))}}; }
  Asked refused() override { return {{"address", word(nobody().substr(7))}}; }
  Asked hanging() override { return {{"address", word(full_.address())}}; }
  Asked nonsense() override { return {}; }
  Asked no_way() override { return {{"address", word("255.255.255.255:80")}}; }
  Asked slow(FakeClock&) override { return {{"address", word("far.test:1")}}; }
  net::Http* slow_http() override { return &slow_; }

 private:
  ScriptedServer good_{[](const std::string&) { return Script{}; }};
  FullListener full_;
  ScriptedHttp slow_ = two_seconds();
};

class DnsSide final : public FarSide {
 public:
  std::string_view kind() const override { return "dns"; }
  Asked good() override { return at(good_.address()); }
  Asked refused() override { return at(nobody().substr(7)); }
  Asked hanging() override { return at(silent_.address()); }
  Asked nonsense() override { return at(babble_.address()); }
  Asked no_way() override { return at("255.255.255.255:53"); }
  Asked slow(FakeClock& clock) override {
    slow_ = std::make_unique<ScriptedDns>([&clock](const std::string& question) {
      clock.advance(std::chrono::seconds(2));
      return dns_answer(question);
    });
    return at(slow_->address());
  }

 private:
  static Asked at(const std::string& server) {
    return {{"server", word(server)}, {"name", word("www.acme.test")}};
  }
  ScriptedDns good_{dns_answer};
  ScriptedDns silent_{[](const std::string&) { return std::string(); }};
  ScriptedDns babble_{[](const std::string& q) { return dns_answer(q).substr(0, q.size() + 5); }};
  std::unique_ptr<ScriptedDns> slow_;
};

}  // namespace

std::unique_ptr<FarSide> far_side(std::string_view kind) {
  if (kind == "http") return std::make_unique<HttpSide>();
  if (kind == "tcp") return std::make_unique<TcpSide>();
  check(kind == "dns", "every kind of check has a far side");
  return std::make_unique<DnsSide>();
}

}  // namespace signalbox::testing
