// Which of many sockets can go on: the kernel's epoll, so that a socket on which nothing happens
// costs nothing.
#pragma once

#include <vector>

#include "base/time.h"

namespace signalbox::net {

/// One thread watches; wake() is for every thread.
class SocketWatch {
 public:
  /// A socket that can go on. One that failed is both readable and writable.
  struct Ready {
    int socket = -1;
    bool readable = false;
    bool writable = false;
  };

  SocketWatch();
  ~SocketWatch();
  SocketWatch(const SocketWatch&) = delete;
  SocketWatch& operator=(const SocketWatch&) = delete;

  /// Watches `socket` for this from now on, instead of for what it was watched before. False when
  /// the kernel does not take it (too many are watched).
  bool watch(int socket, bool to_read, bool to_write);
  void forget(int socket);
  /// Waits until a socket can go on, wake() is called, or `most` is over.
  const std::vector<Ready>& wait(Duration most);
  /// Ends the wait in progress, or the next one.
  void wake();

 private:
  int epoll_ = -1;
  int bell_ = -1;
  std::vector<Ready> ready_;
};

}  // namespace signalbox::net
