// Sends large bodies by reference: the socket takes the pages they lie in, and nothing is copied.
#pragma once

#include <array>
#include <atomic>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace signalbox::web {

/// A pipe through which pages go from memory to sockets (vmsplice(2), splice(2)); empty between
/// calls. Used by one thread, which blocks SIGPIPE, but for sent().
class Splicer {
 public:
  Splicer();
  ~Splicer();
  Splicer(const Splicer&) = delete;
  Splicer& operator=(const Splicer&) = delete;

  /// False where the system has no such pipe, or refused it once: what is to be sent is copied.
  bool works() const { return works_; }
  /// Sends what `socket`, which does not block, takes of `head` and `body` now; returns how many
  /// bytes that was. They must never change, nor be used for anything else once given back (Slab).
  /// `error`: what became of the socket, when it takes nothing ever more.
  std::size_t send(int socket, std::string_view head, std::string_view body,
                   boost::system::error_code& error);
  /// Bytes sent so far. Any thread.
  std::uint64_t sent() const { return sent_.load(std::memory_order_relaxed); }

 private:
  /// Puts into the pipe what it takes of both; 0 when it takes nothing ever more.
  std::size_t take_in(std::string_view head, std::string_view body);
  /// Hands `bytes` from the pipe on; returns how many the socket had room for.
  std::size_t hand_on(int socket, std::size_t bytes, boost::system::error_code& error);
  /// Takes out of the pipe what the socket had no room for.
  void empty(std::size_t left);

  std::array<int, 2> pipe_{-1, -1};
  int nowhere_ = -1;
  bool works_ = false;
  std::atomic<std::uint64_t> sent_{0};
};

}  // namespace signalbox::web
