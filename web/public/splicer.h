// Sends large bodies by reference: the socket takes the pages they lie in, and nothing is copied.
#pragma once

#include <array>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <string_view>

namespace signalbox::web {

/// A pipe through which pages go from memory to sockets (vmsplice(2), splice(2)); empty between
/// calls. Used by one thread, which blocks SIGPIPE.
class Splicer {
 public:
  Splicer();
  ~Splicer();
  Splicer(const Splicer&) = delete;
  Splicer& operator=(const Splicer&) = delete;

  /// False where the system has no such pipe, or refused it once: what is to be sent is copied.
  bool works() const { return works_; }
  /// Sends what `socket`, which does not block, takes of `pages` now; returns how many bytes that
  /// was. They must never change, nor be used for anything else once given back (Slab).
  /// `error`: what became of the socket, when it takes nothing ever more.
  std::size_t send(int socket, std::string_view pages, boost::system::error_code& error);

 private:
  /// Hands `bytes` from the pipe on; returns how many the socket had room for.
  std::size_t hand_on(int socket, std::size_t bytes, boost::system::error_code& error);
  /// Takes out of the pipe what the socket had no room for.
  void empty(std::size_t left);

  std::array<int, 2> pipe_{-1, -1};
  int nowhere_ = -1;
  bool works_ = false;
};

}  // namespace signalbox::web
