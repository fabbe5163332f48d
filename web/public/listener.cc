#include "web/public/listener.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <boost/asio/post.hpp>
#include <charconv>

#include "web/public/answers.h"

namespace signalbox::web {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using ErrorCode = boost::system::error_code;

struct Place {
  std::string host;
  unsigned short port = 0;
};

std::optional<Place> place(const std::string& address) {
  const auto colon = address.rfind(':');
  if (colon == std::string::npos) return std::nullopt;
  Place place{address.substr(0, colon), 0};
  if (place.host.starts_with('[') && place.host.ends_with(']')) {
    place.host = place.host.substr(1, place.host.size() - 2);
  }
  if (place.host == "localhost") place.host = "127.0.0.1";
  const char* end = address.data() + address.size();
  const auto [stop, error] = std::from_chars(address.data() + colon + 1, end, place.port);
  if (error != std::errc() || stop != end) return std::nullopt;
  return place;
}

Error cannot(const std::string& address, const std::string& why) {
  return unavailable("cannot listen on " + address + ": " + why +
                     "; choose another listen address");
}

}  // namespace

Listener::Listener(Common& common, std::vector<Worker*> workers)
    : common_(common),
      workers_(std::move(workers)),
      acceptor_(workers_[0]->context()),
      pause_(workers_[0]->context()),
      spare_(::open("/dev/null", O_RDONLY | O_CLOEXEC)) {}

Listener::~Listener() {
  if (spare_ >= 0) ::close(spare_);
}

Result<std::string> Listener::open(const std::string& address) {
  const auto where = place(address);
  if (!where) return invalid("\"" + address + "\" is not HOST:PORT");
  ErrorCode ec;
  const auto host = asio::ip::make_address(where->host, ec);
  if (ec) return invalid("\"" + where->host + "\" is not an address to listen on");
  const tcp::endpoint endpoint(host, where->port);
  acceptor_.open(endpoint.protocol(), ec);
  if (ec) return cannot(address, ec.message());
  acceptor_.set_option(tcp::acceptor::reuse_address(true), ec);
  acceptor_.bind(endpoint, ec);
  if (ec) return cannot(address, ec.message());
  acceptor_.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) return cannot(address, ec.message());
  return address.substr(0, address.rfind(':') + 1) +
         std::to_string(acceptor_.local_endpoint(ec).port());
}

void Listener::run() {
  asio::post(acceptor_.get_executor(), [self = shared_from_this()] { self->accept(); });
}

void Listener::close() {
  asio::post(acceptor_.get_executor(), [self = shared_from_this()] {
    ErrorCode ignored;
    self->acceptor_.close(ignored);
    self->pause_.cancel();
  });
}

void Listener::accept() {
  Worker& worker = *workers_[next_++ % workers_.size()];
  acceptor_.async_accept(worker.context(),
                         [self = shared_from_this(), &worker](ErrorCode ec, Socket socket) {
                           if (!self->acceptor_.is_open()) return;
                           if (ec == asio::error::no_descriptors || ec == asio::error::no_memory) {
                             return self->out_of_descriptors();
                           }
                           if (!ec) self->take(std::move(socket), worker);
                           self->accept();
                         });
}

void Listener::take(Socket socket, Worker& worker) {
  common_.counters.accepted.fetch_add(1, std::memory_order_relaxed);
  ErrorCode ec;
  const auto remote = socket.remote_endpoint(ec);
  if (ec) return;
  if (common_.connections.load() >= common_.most_connections.load()) {
    return turn_away(socket, 503);
  }
  std::string peer = remote.address().to_string();
  if (!common_.addresses.take(peer)) return turn_away(socket, 429);
  worker.adopt(std::move(socket), std::move(peer));
}

void Listener::turn_away(Socket& socket, int status) {
  common_.counters.overload.fetch_add(1, std::memory_order_relaxed);
  const std::string_view body = plain_body(status);
  const std::string head =
      plain_head(status, body.size(), "Retry-After: 5\r\nConnection: close\r\n\r\n");
  ErrorCode ignored;
  socket.non_blocking(true, ignored);
  const std::array<asio::const_buffer, 2> all = {asio::buffer(head), asio::buffer(body)};
  socket.write_some(all, ignored);
  socket.shutdown(Socket::shutdown_send, ignored);
}

/// Gives up the spare descriptor to take and drop whoever waits, so that they learn it; then rests
/// a little.
void Listener::out_of_descriptors() {
  common_.counters.overload.fetch_add(1, std::memory_order_relaxed);
  if (spare_ >= 0) ::close(spare_);
  const int dropped =
      ::accept4(acceptor_.native_handle(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (dropped >= 0) ::close(dropped);
  spare_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  pause_.expires_after(std::chrono::milliseconds(20));
  pause_.async_wait([self = shared_from_this()](const ErrorCode& ec) {
    if (!ec) self->accept();
  });
}

}  // namespace signalbox::web
