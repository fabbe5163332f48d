// How a connection's answer goes out: at once as far as the socket takes it, the rest by itself;
// large bodies by reference.
#include <linux/sockios.h>
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
  // What goes out before the end of the connection is out of our hands then.
  const bool may_refer = answer_.lent != nullptr && !close_after_ &&
                         (lent_ == nullptr || lent_ == answer_.lent || arrived());
  const std::string_view whole_head =
      may_refer ? host_.desk().lent_head(answer_, tail) : std::string_view();
  refers_ = !whole_head.empty();
  const std::array<asio::const_buffer, 3> all = {asio::buffer(head), asio::buffer(tail),
                                                 asio::buffer(body)};
  ErrorCode ec;
  const std::size_t sent = refers() ? refer(whole_head, body, ec) : socket_.send(all, 0, ec);
  if (ec && ec != asio::error::would_block) return close(), false;
  if (sent == head.size() + tail.size() + body.size()) return true;
  rest_head_.assign(head).append(tail);
  const std::size_t of_head = std::min(sent, rest_head_.size());
  rest_head_.erase(0, of_head);
  rest_body_ = body.substr(sent - of_head);
  write_rest();
  return false;
}

std::size_t Connection::refer(std::string_view head, std::string_view body, ErrorCode& ec) {
  lent_ = answer_.lent;
  return host_.splicer().send(socket_.native_handle(), head, body, ec);
}

bool Connection::arrived() {
  int left = 0;
  return ::ioctl(socket_.native_handle(), SIOCOUTQ, &left) != 0 || left == 0;
}

void Connection::end() {
  if (lent_ == nullptr || arrived()) return close();
  expect(State::arriving, host_.common().settings.answer_deadline);
}

void Connection::write_rest() {
  const bool refers = this->refers();
  if (refers && rest_head_.empty()) return refer_rest();
  const std::array<asio::const_buffer, 2> rest = {
      asio::buffer(rest_head_), asio::buffer(refers ? std::string_view() : rest_body_)};
  asio::async_write(socket_, rest, [self = shared_from_this(), refers](ErrorCode ec, std::size_t) {
    self->rest_head_.clear();
    if (refers && !ec && self->state_ != State::closed) return self->write_rest();
    self->wrote(ec);
  });
}

void Connection::refer_rest() {
  socket_.async_wait(Socket::wait_write, [self = shared_from_this()](ErrorCode ec) {
    if (self->state_ == State::closed) return;
    if (!ec) self->rest_body_.remove_prefix(self->refer({}, self->rest_body_, ec));
    if (!ec && !self->rest_body_.empty()) return self->write_rest();
    self->wrote(ec);
  });
}

void Connection::wrote(ErrorCode ec) {
  if (state_ == State::closed) return;
  if (ec) return close();
  rest_head_ = {};
  finish_answer();
  if (state_ == State::idle) process();
}

}  // namespace signalbox::web
