#include "web/control/exchange.h"

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/status.hpp>

#include "base/text.h"

namespace signalbox::web {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

constexpr std::chrono::seconds kLinger{1};
constexpr std::string_view kForm = "application/x-www-form-urlencoded";

using Head = http::request<http::string_body>;

Credentials credentials(const Head& head) {
  const bool reads = head.method() == http::verb::get || head.method() == http::verb::head;
  // Two of them are none: another reader of this request may have gone by the second.
  const std::string host(head.count(http::field::host) == 1 ? head[http::field::host] : "");
  return {std::string(head[http::field::authorization]), std::string(head[http::field::cookie]),
          host, std::string(head[http::field::origin]), !reads};
}

StaffRequest whole(Head head) {
  const bool form = equal_ignoring_case(
      std::string_view(head[http::field::content_type]).substr(0, kForm.size()), kForm);
  const bool only_head = head.method() == http::verb::head;
  return staff_request(only_head ? "GET" : std::string_view(head.method_string()), head.target(),
                       std::move(head.body()), form);
}

std::string written(const StaffAnswer& answer, bool with_body) {
  std::string text = "HTTP/1.1 " + std::to_string(answer.status) + " ";
  text += http::obsolete_reason(http::int_to_status(static_cast<unsigned>(answer.status)));
  text += "\r\nConnection: close\r\nX-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n";
  if (!answer.content_type.empty()) text += "Content-Type: " + answer.content_type + "\r\n";
  text += "Content-Length: " + std::to_string(answer.body.size()) + "\r\n";
  for (const auto& [name, value] : answer.headers) text += name + ": " + value + "\r\n";
  return text + "\r\n" + (with_body ? answer.body : "");
}

}  // namespace

Exchange::Exchange(Socket socket, Reception& reception)
    : stream_(std::move(socket)), reception_(reception), buffer_(kMostHead + kMostBody) {
  parser_.header_limit(kMostHead);
  parser_.body_limit(kMostBody);
}

Exchange::~Exchange() { reception_.gone(); }

void Exchange::start() {
  stream_.expires_after(kHeadWithin);
  http::async_read_header(
      stream_, buffer_, parser_,
      [self = shared_from_this()](ErrorCode ec, std::size_t) { self->head_came(ec); });
}

void Exchange::head_came(ErrorCode ec) {
  if (ec) return refuse(ec);
  const Head& head = parser_.get();
  with_body_ = head.method() != http::verb::head;
  // More than a length is nobody's need here, and how requests are smuggled.
  if (head.find(http::field::transfer_encoding) != head.end()) {
    return say(staff_error(400, "send a Content-Length"));
  }
  const auto admission = reception_.admit(head.method_string(), head.target(), credentials(head));
  if (admission.refused) return say(*admission.refused);
  if (admission.known) {
    stream_.expires_after(kBodyWithin);
  } else if (parser_.content_length().value_or(0) > kMostStrangersBody) {
    return refuse(http::error::body_limit);
  }
  http::async_read(
      stream_, buffer_, parser_,
      [self = shared_from_this()](ErrorCode failed, std::size_t) { self->body_came(failed); });
}

void Exchange::body_came(ErrorCode ec) {
  if (ec) return refuse(ec);
  state_ = State::answering;
  stream_.expires_never();
  reception_.answer(whole(parser_.release()), [self = shared_from_this()](StaffAnswer answer) {
    asio::post(self->stream_.get_executor(),
               [self, answer = std::move(answer)] { self->say(answer); });
  });
}

/// What cannot be read gets one answer; who has gone, or was too slow, gets none.
void Exchange::refuse(ErrorCode ec) {
  if (ec == http::error::header_limit) return say(staff_error(431, "the head is too long"));
  if (ec == http::error::body_limit) return say(staff_error(413, "the body is too long"));
  const bool unreadable =
      ec.category() == http::make_error_code(http::error::bad_line_ending).category();
  if (!unreadable || ec == http::error::end_of_stream || ec == http::error::partial_message) {
    return close();
  }
  say(staff_error(400, "this is not a request we can read"));
}

void Exchange::say(const StaffAnswer& answer) {
  state_ = State::answering;
  answer_ = written(answer, with_body_);
  stream_.expires_after(kAnswerWithin);
  asio::async_write(stream_, asio::buffer(answer_),
                    [self = shared_from_this()](ErrorCode ec, std::size_t) {
                      if (ec) return self->close();
                      self->linger();
                    });
}

/// A body that was not read must not cost the other side our answer: closing now would reset it.
void Exchange::linger() {
  state_ = State::over;
  ErrorCode ignored;
  stream_.socket().shutdown(asio::socket_base::shutdown_send, ignored);
  stream_.expires_after(kLinger);
  discard();
}

void Exchange::discard() {
  buffer_.clear();
  stream_.async_read_some(buffer_.prepare(kMostHead),
                          [self = shared_from_this()](ErrorCode ec, std::size_t) {
                            if (ec) return self->close();
                            self->discard();
                          });
}

void Exchange::close() {
  state_ = State::over;
  stream_.close();
}

}  // namespace signalbox::web
