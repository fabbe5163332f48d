#include "web/control/server.h"

#include <httplib.h>
#include <sys/socket.h>

#include <atomic>
#include <thread>

#include "base/text.h"
#include "web/control/console.h"
#include "web/control/gate.h"
#include "web/control/routes.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kThreads = 4;
constexpr std::size_t kMostBody = 64 * 1024;
/// Longer paths are nobody's; the library matches them by a recursive regular expression.
constexpr std::size_t kMostPath = 512;

bool is_loopback(std::string_view host) {
  return host.starts_with("127.") || host == "localhost" || host == "::1";
}

/// Only what a second process may not share: the library would also set SO_REUSEPORT.
void reuse_address(int socket) {
  const int yes = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
}

Credentials credentials(const httplib::Request& request) {
  return {request.get_header_value("Authorization"), request.get_header_value("Cookie"),
          request.get_header_value("Host"), request.get_header_value("Origin"),
          request.method != "GET" && request.method != "HEAD"};
}

class Server final : public ControlServer {
 public:
  Server(ControlSettings settings, Control& control)
      : settings_(std::move(settings)),
        gate_(settings_.token, settings_.behind_proxy),
        routes_(control, gate_) {
    set_limits();
    set_routes();
  }

  ~Server() override { stop(); }

  Result<std::string> listen() override {
    const std::string& address = settings_.address;
    const auto colon = address.rfind(':');
    if (colon == std::string::npos) return invalid("\"" + address + "\" is not HOST:PORT");
    std::string host = address.substr(0, colon);
    if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
    if (!is_loopback(host) && !settings_.behind_proxy) {
      return invalid("control address " + address +
                     " is not loopback; set behind_proxy: true only behind a proxy that "
                     "authenticates staff");
    }
    const int wanted = std::atoi(address.c_str() + colon + 1);
    const int port = bind(host, wanted);
    if (port < 0) return unavailable("cannot listen on " + address + "; is it in use?");
    return address.substr(0, colon + 1) + std::to_string(port);
  }

  void serve() override {
    thread_ = std::thread([this] { http_.listen_after_bind(); });
  }

  void stop() override {
    if (!thread_.joinable()) return;
    while (!http_.is_running()) std::this_thread::yield();
    http_.stop();
    thread_.join();
  }

 private:
  int bind(const std::string& host, int port) {
    if (port == 0) return http_.bind_to_any_port(host);
    return http_.bind_to_port(host, port) ? port : -1;
  }

  void set_limits() {
    http_.new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
    http_.set_socket_options(reuse_address);
    http_.set_keep_alive_max_count(1);
    http_.set_read_timeout(2, 0);
    http_.set_write_timeout(2, 0);
    http_.set_payload_max_length(kMostBody);
    http_.set_tcp_nodelay(true);
  }

  void set_routes() {
    using httplib::Request;
    using httplib::Response;
    http_.set_pre_routing_handler([this](const Request& request, Response& response) {
      return refused(request, response) ? httplib::Server::HandlerResponse::Handled
                                        : httplib::Server::HandlerResponse::Unhandled;
    });
    const auto route = [this](const Request& request, Response& response) {
      routes_.answer(request, credentials(request), response);
    };
    http_.Get(".*", route);
    http_.Post(".*", route);
  }

  /// Framing that could be smuggled, paths that cannot be ours, and whoever the gate turns away.
  bool refused(const httplib::Request& request, httplib::Response& response) {
    if (request.method == "POST" && !request.has_header("Content-Length") &&
        !request.has_header("Transfer-Encoding")) {
      return Routes::error(response, 411, "send a Content-Length (curl: -d '')"), true;
    }
    if (request.has_header("Transfer-Encoding")) {
      return Routes::error(response, 400, "send a Content-Length"), true;
    }
    if (request.path.size() > kMostPath) return Routes::error(response, 404, "not found"), true;
    return false;
  }

  const ControlSettings settings_;
  Gate gate_;
  Routes routes_;
  httplib::Server http_;
  std::thread thread_;
};

}  // namespace

std::unique_ptr<ControlServer> make_control_server(ControlSettings settings, Control& control) {
  return std::make_unique<Server>(std::move(settings), control);
}

}  // namespace signalbox::web
