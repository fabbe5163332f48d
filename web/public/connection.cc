#include "web/public/connection.h"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

namespace signalbox::web {
namespace {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
/// What is read into at first; a request's head may grow it to kMostHead.
constexpr std::size_t kFirstBuffer = 1024;
constexpr Duration kLinger = std::chrono::seconds(2);
/// How long an answer waits for the archive, after what time it looks first, how rarely at last,
/// and how many may wait at once: others get what there is.
constexpr Duration kHoldPatience{500};
constexpr Duration kFirstHoldStep{2};
constexpr Duration kLastHoldStep{80};
constexpr int kMostHeld = 256;
constexpr std::size_t kMostLingered = 256 * 1024;

}  // namespace

Connection::Connection(Socket socket, std::string peer, Host& host)
    : socket_(std::move(socket)),
      host_(host),
      peer_(std::move(peer)),
      introduces_(host_.common().settings.proxy_protocol &&
                  host_.common().addresses.trusted(peer_)),
      is_direct_(!peer_.empty() && !introduces_) {
  host_.common().connections.fetch_add(1);
}

Connection::~Connection() {
  host_.common().connections.fetch_sub(1);
  host_.common().addresses.release(peer_);
  host_.common().addresses.release(counted_);
}

void Connection::expect(State state, Duration within) {
  state_ = state;
  deadline_ = std::chrono::steady_clock::now() + within;
}

void Connection::start() {
  ErrorCode ignored;
  socket_.non_blocking(true, ignored);
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  expect(State::idle, host_.common().settings.header_deadline);
  read();
}

void Connection::read() {
  // Waiting needs no buffer. It also leaves who asks again at once behind those who asked before.
  socket_.async_wait(Socket::wait_read, [self = shared_from_this()](ErrorCode ec) {
    if (self->state_ == State::closed) return;
    if (ec) return self->close();
    const std::size_t had = self->in_.size();
    const std::size_t room = std::max(kFirstBuffer, std::min(had * 2, kMostHead * 2));
    const std::size_t bytes = self->socket_.read_some(self->in_.prepare(room - had), ec);
    if (ec == asio::error::would_block) return self->read();
    if (ec) return ec == asio::error::eof ? self->end() : self->close();
    self->in_.commit(bytes);
    self->process();
  });
}

void Connection::process() {
  if (introduces_ && !introduced()) return;
  while (process_one()) {
  }
}

void Connection::skip_empty_lines() {
  while (came().starts_with("\r\n")) in_.consume(2);
}

bool Connection::process_one() {
  if (!reader_) {
    skip_empty_lines();
    if (in_.size() == 0) {
      in_.shrink_to_fit();
      return read(), false;
    }
    began_ = {};
    request_.for_log = host_.common().log.on();
    reader_.emplace(request_, host_.common().letterbox, &host_.desk());
    expect(State::head, host_.common().settings.header_deadline);
  }
  const auto fed = reader_->feed(came());
  switch (fed.progress) {
    case RequestReader::Progress::refused:
      return refuse(reader_->status()), false;
    case RequestReader::Progress::needs_more:
      in_.consume(fed.taken);
      return after_feed_needs_more(), false;
    case RequestReader::Progress::complete:
      break;
  }
  in_.consume(fed.taken);
  if (request_.for_log) began_ = std::chrono::steady_clock::now();
  close_after_ = !reader_->keep_alive() || host_.draining();
  reader_.reset();
  if (!admit()) return refuse(429), false;
  respond();
  return state_ == State::idle;
}

void Connection::after_feed_needs_more() {
  const auto& settings = host_.common().settings;
  if (reader_->head_done() && state_ == State::head) expect(State::body, settings.body_deadline);
  if (in_.size() >= kMostHead) return refuse(reader_->head_done() ? 400 : 431);
  if (reader_->wants_continue()) {
    ErrorCode ec;
    socket_.write_some(asio::buffer(kContinue), ec);
    if (ec) return close();
  }
  read();
}

void Connection::respond() {
  if (hand_over() || knock() || hold()) return;
  answer();
}

bool Connection::hold() {
  Common& common = host_.common();
  if (!host_.desk().pending(request_) || common.held.load() >= kMostHeld) return false;
  common.held.fetch_add(1);
  expect(State::held, kHoldPatience * 2);
  look_again(std::chrono::steady_clock::now() + kHoldPatience, kFirstHoldStep);
  return true;
}

void Connection::look_again(Instant until, Duration step) {
  const Instant next = std::min(std::chrono::steady_clock::now() + step, until);
  auto timer = std::make_shared<asio::steady_timer>(socket_.get_executor(), next);
  timer->async_wait([self = shared_from_this(), timer, until, step](ErrorCode) {
    const bool over = std::chrono::steady_clock::now() >= until;
    if (self->state_ == State::held && !over && self->host_.desk().pending(self->request_)) {
      return self->look_again(until, std::min(step * 2, kLastHoldStep));
    }
    self->host_.common().held.fetch_sub(1);
    if (self->state_ != State::held) return;
    self->answer();
    if (self->state_ == State::idle) self->process();
  });
}

void Connection::answer() {
  host_.desk().answer(request_, answer_);
  send_answer();
}

bool Connection::hand_over() {
  Letterbox* box = host_.common().letterbox;
  if (request_.method != Request::Method::post || box == nullptr || !box->takes(request_.path))
    return false;
  host_.common().counters.requests.fetch_add(1, std::memory_order_relaxed);
  expect(State::waiting, kLetterPatience);
  const std::uint64_t letter = ++letter_;
  if (!box->admits(request_.authorization)) {
    host_.desk().json(
        {401, R"({"error":"send a token that is known as Authorization: OAuth TOKEN"})"}, answer_);
    return send_answer(), true;
  }
  const auto executor = socket_.get_executor();
  box->take({request_.path, request_.content_type, std::move(request_.body)},
            [self = weak_from_this(), executor, letter](const LetterAnswer& given) {
              asio::post(executor, [self, letter, given] {
                if (const auto here = self.lock()) here->deliver(letter, given);
              });
            });
  request_.body = {};
  return true;
}

/// An answer that comes after its time is for nobody.
void Connection::deliver(std::uint64_t letter, const LetterAnswer& given) {
  if (state_ != State::waiting || letter != letter_) return;
  host_.desk().json(given, answer_);
  send_answer();
  if (state_ == State::idle) process();
}

void Connection::send_answer() {
  close_after_ =
      close_after_ || answer_.stream != nullptr || answer_.head.starts_with("HTTP/1.1 503");
  expect(State::writing, host_.common().settings.answer_deadline);
  note();
  if (write(answer_.head, host_.tail(close_after_), answer_.body)) finish_answer();
}

void Connection::refuse(int status) {
  host_.common().counters.refused.fetch_add(1, std::memory_order_relaxed);
  if (reader_) admit();  // for the log: it is refused in any case
  reader_.reset();
  host_.desk().plain(status, answer_);
  close_after_ = true;
  expect(State::writing, kLinger);
  note();
  if (write(answer_.head, host_.tail(true), answer_.body)) finish_answer();
}

void Connection::finish_answer() {
  if (answer_.stream != nullptr) {
    state_ = State::streaming;
    deadline_ = Instant::max();
    in_.clear();
    in_.shrink_to_fit();
    if (!events_.empty()) send_next_event();
    return watch();
  }
  answer_.document.reset();
  answer_.lent.reset();
  if (close_after_) return linger();
  expect(State::idle, host_.common().settings.keep_alive);
}

void Connection::linger() {
  ErrorCode ignored;
  socket_.shutdown(Socket::shutdown_send, ignored);
  expect(State::lingering, lent_ == nullptr ? kLinger : host_.common().settings.answer_deadline);
  in_.clear();
  discard();
}

/// Until the other side has read our last words and closed, or talks on for too long.
void Connection::discard() {
  socket_.async_read_some(in_.prepare(kFirstBuffer),
                          [self = shared_from_this()](ErrorCode ec, std::size_t bytes) {
                            if (self->state_ == State::closed) return;
                            self->lingered_ += bytes;
                            if (ec == asio::error::eof) return self->end();
                            if (ec || self->lingered_ > kMostLingered) return self->close();
                            self->discard();
                          });
}

void Connection::tick(Instant now) {
  if (lent_ != nullptr && arrived()) {
    lent_.reset();
    if (state_ == State::lingering) deadline_ = std::min(deadline_, now + kLinger);
  }
  if (state_ == State::arriving && lent_ == nullptr) return close();
  if (now < deadline_ || state_ == State::closed) return;
  host_.common().counters.timed_out.fetch_add(1, std::memory_order_relaxed);
  if (state_ == State::waiting) {
    close_after_ = true;
    return deliver(letter_, {503, R"({"error":"not accepted in time; send it again"})"});
  }
  if (state_ == State::idle) return end();
  if (state_ != State::head && state_ != State::body) return close();
  // What came is given up, and the answer waits for nothing.
  ErrorCode ignored;
  host_.desk().plain(408, answer_);
  admit();  // for the log
  note();
  const std::string_view tail = host_.tail(true);
  const std::array<asio::const_buffer, 3> all = {asio::buffer(answer_.head), asio::buffer(tail),
                                                 asio::buffer(answer_.body)};
  socket_.write_some(all, ignored);
  socket_.shutdown(Socket::shutdown_send, ignored);
  close();
}

void Connection::drain() {
  const bool busy = state_ == State::writing || state_ == State::lingering ||
                    state_ == State::waiting || state_ == State::held;
  if (busy) {
    close_after_ = true;
  } else {
    close();
  }
}

void Connection::close() {
  if (state_ == State::closed) return;
  answer_.stream.reset();
  state_ = State::closed;
  ErrorCode ignored;
  // Who did not take it in time does not get it, or what was lent would be out for as long as they
  // like.
  if (lent_ != nullptr && !host_.draining() && !arrived())
    socket_.set_option(Socket::linger(true, 0), ignored);
  socket_.close(ignored);
  lent_.reset();
}

}  // namespace signalbox::web
