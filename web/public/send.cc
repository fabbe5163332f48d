// How a connection's answer goes out: at once as far as the socket takes it, the rest by itself;
// large bodies by reference.
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>

#include "web/public/connection.h"

namespace signalbox::web {
namespace {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

}  // namespace

bool Connection::write(std::string_view head, std::string_view tail, std::string_view body) {
  const std::string_view lent_head =
      may_refer() ? host_.desk().lent_head(answer_, tail) : std::string_view();
  refers_ = !lent_head.empty();
  const std::array<asio::const_buffer, 3> all = {asio::buffer(head), asio::buffer(tail),
                                                 asio::buffer(body)};
  ErrorCode ec;
  const std::size_t sent = refers() ? refer(lent_head, body, ec) : socket_.send(all, 0, ec);
  if (ec && ec != asio::error::would_block) return close(), false;
  if (sent == head.size() + tail.size() + body.size()) return true;
  if (!refers_) own_rest_.assign(head).append(tail);
  rest_head_ = refers_ ? lent_head : own_rest_;
  rest_body_ = body;
  sent_of_rest(sent);
  write_rest();
  return false;
}

/// Who closes the connection after the answer, and a proxy on this machine, hold what was lent for
/// as long as they like, without our knowing.
bool Connection::may_refer() {
  if (answer_.lent == nullptr || close_after_ || !is_direct_ || !counted_.empty()) return false;
  return lent_ == nullptr || lent_ == answer_.lent || arrived();
}

std::size_t Connection::refer(std::string_view head, std::string_view body, ErrorCode& ec) {
  lent_ = answer_.lent;
  return host_.splicer().send(socket_.native_handle(), head, body, ec);
}

void Connection::sent_of_rest(std::size_t bytes) {
  const std::size_t of_head = std::min(bytes, rest_head_.size());
  rest_head_.remove_prefix(of_head);
  rest_body_.remove_prefix(bytes - of_head);
}

bool Connection::arrived() {
  const int socket = socket_.native_handle();
  tcp_info now{};
  socklen_t size = sizeof(now);
  const bool told = ::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &now, &size) == 0;
  if (told && now.tcpi_state == TCP_CLOSE) return true;  // reset: nothing is on its way any more
  int left = 0;
  return ::ioctl(socket, SIOCOUTQ, &left) != 0 || left == 0;
}

void Connection::end() {
  if (lent_ == nullptr || arrived()) return close();
  expect(State::arriving, host_.common().settings.answer_deadline);
}

void Connection::write_rest() {
  if (refers()) return refer_rest();
  const std::array<asio::const_buffer, 2> rest = {asio::buffer(rest_head_),
                                                  asio::buffer(rest_body_)};
  asio::async_write(socket_, rest,
                    [self = shared_from_this()](ErrorCode ec, std::size_t) { self->wrote(ec); });
}

void Connection::refer_rest() {
  socket_.async_wait(Socket::wait_write, [self = shared_from_this()](ErrorCode ec) {
    if (self->state_ == State::closed) return;
    if (!ec) self->sent_of_rest(self->refer(self->rest_head_, self->rest_body_, ec));
    if (!ec && !self->rest_body_.empty()) return self->write_rest();
    self->wrote(ec);
  });
}

void Connection::wrote(ErrorCode ec) {
  if (state_ == State::closed) return;
  if (ec) return close();
  own_rest_ = {};
  finish_answer();
  if (state_ == State::idle) process();
}

}  // namespace signalbox::web
