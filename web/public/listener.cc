#include "web/public/listener.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <boost/asio/post.hpp>

#include "web/public/answers.h"

namespace signalbox::web {
namespace {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

}  // namespace

Listener::Listener(Common& common, std::vector<Worker*> workers)
    : common_(common),
      workers_(std::move(workers)),
      acceptor_(workers_[0]->context()),
      pause_(workers_[0]->context()),
      spare_(::open("/dev/null", O_RDONLY | O_CLOEXEC)) {}

Listener::~Listener() {
  give_back_address(acceptor_, address_);
  if (spare_ >= 0) ::close(spare_);
}

Result<std::string> Listener::open(const std::string& address, const Door& door) {
  auto taken = take_address(acceptor_, address, door);
  if (taken) address_ = *taken;
  return taken;
}

void Listener::run() {
  asio::post(acceptor_.get_executor(), [self = shared_from_this()] { self->accept(); });
}

void Listener::close() {
  asio::post(acceptor_.get_executor(), [self = shared_from_this()] {
    ErrorCode ignored;
    give_back_address(self->acceptor_, self->address_);
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
  auto peer = address_of_peer(socket);
  if (!peer) return;
  if (common_.connections.load() >= common_.most_connections.load()) {
    return turn_away(socket, 503);
  }
  if (!common_.addresses.take(*peer)) return turn_away(socket, 429);
  worker.adopt(std::move(socket), *std::move(peer));
}

void Listener::turn_away(Socket& socket, int status) {
  common_.counters.overload.fetch_add(1, std::memory_order_relaxed);
  const std::string_view body = plain_body(status);
  const std::string head = plain_head(status, body.size(), common_.strict_transport()) +
                           "Retry-After: 5\r\nConnection: close\r\n\r\n";
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
