// Several requests at once, waited for: the bridge from a mirror's own thread to the client that
// speaks in coroutines.
#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <vector>

#include "net/client.h"

namespace signalbox::publish {

/// One thread but for stop().
class Exchange {
 public:
  explicit Exchange(std::size_t at_once);
  ~Exchange();

  /// The answers, in the order of the requests.
  std::vector<Result<net::Response>> ask(std::vector<net::Request> requests);
  /// From here on every answer is unavailable, those waited for too. Any thread.
  void stop();

 private:
  boost::asio::io_context io_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::unique_ptr<net::Http> http_;
  std::atomic<bool> stopping_ = false;
};

}  // namespace signalbox::publish
