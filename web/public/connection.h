// One stranger's connection: reads requests, writes answers, keeps to its deadlines.
#pragma once

#include <array>
#include <boost/beast/core/flat_buffer.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "web/public/desk.h"
#include "web/public/splicer.h"
#include "web/take_address.h"

namespace signalbox::web {

using Instant = std::chrono::steady_clock::time_point;

/// What is handed in, or shown at a door, is answered within this, kept or not.
inline constexpr Duration kLetterPatience{2900};

/// What a connection needs of the thread it lives on.
class Host {
 public:
  virtual ~Host() = default;
  virtual Desk& desk() = 0;
  virtual Common& common() = 0;
  /// `Date: …\r\n\r\n`, or with `Connection: close` before the empty line. Good until the next
  /// call.
  virtual std::string_view tail(bool close) = 0;
  virtual bool draining() const = 0;
  virtual Splicer& splicer() = 0;
};

/// Lives on one thread. Kept by its pending operations and by the worker's list; closed means gone
/// from both soon.
class Connection final : public std::enable_shared_from_this<Connection> {
 public:
  /// `host` outlives it. `peer` is its address, "" on a Unix socket; counted already.
  Connection(Socket socket, std::string peer, Host& host);
  ~Connection();

  void start();
  /// Closes it when its deadline is over: with one 408 when half a request has come.
  void tick(Instant now);
  /// Sends `event` when this is a live stream, or is about to be one; a reader that has not taken
  /// the last ones is dropped.
  void tell(const EventPtr& event);
  /// Whether it is a live stream, or about to be one.
  bool listens() const {
    return state_ == State::streaming || (state_ == State::writing && answer_.stream != nullptr);
  }
  /// Of a live stream: the slug of its page ("": the main one), and what had opened that.
  const std::string& page() const { return answer_.page; }
  const PageLock& lock() const { return answer_.lock; }
  /// Closes it unless an answer is on its way.
  void drain();
  void close();
  bool closed() const { return state_ == State::closed; }

 private:
  enum class State {
    idle,
    head,
    body,
    waiting,
    held,
    writing,
    streaming,
    lingering,
    arriving,
    closed
  };

  /// What is in in_.
  std::string_view came() const {
    return {static_cast<const char*>(in_.cdata().data()), in_.size()};
  }
  void read();
  void process();
  /// Whether the loop over buffered requests goes on.
  bool process_one();
  void skip_empty_lines();
  /// A line about the answer at hand, where a log is kept.
  void note();
  /// Reads what a proxy says before the first request; true when that is done.
  bool introduced();
  void after_feed_needs_more();
  /// Counts the connection for the reader of the request at hand; false when that one has its share
  /// already.
  bool admit();
  /// Whom the request at hand is from, as far as that is known.
  const std::string& client() const { return counted_.empty() ? peer_ : counted_; }
  void respond();
  /// Waits a little for what the archive is being asked for; true when the answer comes later.
  bool hold();
  /// After `step`, and then ever less often.
  void look_again(Instant until, Duration step);
  void answer();
  void send_answer();
  /// Hands a POST to the letterbox; true when the answer comes later.
  bool hand_over();
  void deliver(std::uint64_t letter, const LetterAnswer& given);
  /// Has a private page's password looked at; true when the answer comes later.
  bool knock();
  void welcome(std::uint64_t letter, const PageLock& lock, const Welcome& given);
  void refuse(int status);
  /// True when all went out at once; else the rest goes out by itself and then continues.
  bool write(std::string_view head, std::string_view tail, std::string_view body);
  /// Whether the answer at hand may go by reference.
  bool may_refer();
  /// Whether it does.
  bool refers() const { return refers_ && host_.splicer().works(); }
  /// What the socket takes of both by reference now.
  std::size_t refer(std::string_view head, std::string_view body, boost::system::error_code& ec);
  /// Whether the other side has all that was sent: the kernel needs nothing of lent_ any more.
  bool arrived();
  /// The other side says no more: closes it once it has what is on its way.
  void end();
  /// So many bytes of the rest have gone.
  void sent_of_rest(std::size_t bytes);
  void write_rest();
  void refer_rest();
  void wrote(boost::system::error_code ec);
  void finish_answer();
  void linger();
  void discard();
  void watch();
  void send_next_event();
  void expect(State state, Duration within);

  Socket socket_;
  Host& host_;
  std::string peer_;         // whom the connection is from; of a proxy that said it, its client
  bool introduces_ = false;  // the proxy has yet to say it
  bool is_direct_ = false;   // the other side of the socket is the reader, as far as we can tell
  std::string counted_;      // the client whose share this connection takes, when a proxy named one
  State state_ = State::idle;
  Instant deadline_;
  boost::beast::flat_buffer in_;  // bytes that came and are not yet taken
  Request request_;
  std::optional<RequestReader> reader_;
  Answer answer_;
  bool refers_ = false;
  std::shared_ptr<const Slab> lent_;  // of which the kernel may have pages on their way
  // What a slow reader has not taken yet.
  std::string_view rest_head_, rest_body_;
  std::string own_rest_;  // where rest_head_ lies when it is not lent
  bool close_after_ = false;
  Instant began_;             // when the request had come whole; kept for the log alone
  std::uint64_t letter_ = 0;  // the one that is waited for
  std::size_t lingered_ = 0;
  std::deque<EventPtr> events_;
};

}  // namespace signalbox::web
