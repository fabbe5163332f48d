// A connection as a live stream: events go out in order, and a reader who does not take them is
// dropped.
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include "web/public/connection.h"

namespace signalbox::web {
namespace {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

constexpr std::size_t kMostEventsWaiting = 32;
constexpr std::size_t kHeard = 256;

}  // namespace

/// Reads only to learn that the reader has gone.
void Connection::watch() {
  socket_.async_read_some(in_.prepare(kHeard),
                          [self = shared_from_this()](ErrorCode ec, std::size_t) {
                            if (self->state_ == State::closed) return;
                            if (ec) return self->close();
                            self->watch();
                          });
}

void Connection::tell(const EventPtr& event) {
  if (!listens()) return;
  const bool begins = state_ == State::writing;
  if (events_.size() >= kMostEventsWaiting) return close();
  events_.push_back(event);
  if (events_.size() == 1 && !begins) send_next_event();
}

void Connection::send_next_event() {
  deadline_ = std::chrono::steady_clock::now() + host_.common().settings.answer_deadline;
  asio::async_write(socket_, asio::buffer(events_.front()->text),
                    [self = shared_from_this()](ErrorCode ec, std::size_t) {
                      if (self->state_ == State::closed) return;
                      if (ec) return self->close();
                      self->events_.pop_front();
                      self->deadline_ = Instant::max();
                      if (!self->events_.empty()) self->send_next_event();
                    });
}

}  // namespace signalbox::web
