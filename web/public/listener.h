// Takes connections and hands them round to the web threads; turns away what is over a cap.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "web/public/worker.h"
#include "web/take_address.h"

namespace signalbox::web {

/// Lives on the first worker's thread once it runs.
class Listener final : public std::enable_shared_from_this<Listener> {
 public:
  /// All outlive it.
  Listener(Common& common, std::vector<Worker*> workers);
  ~Listener();

  /// As take_address().
  Result<std::string> open(const std::string& address, const Door& door);
  void run();
  /// Stops accepting; a socket's file is gone then. Any thread.
  void close();

 private:
  void accept();
  void take(Socket socket, Worker& worker);
  void turn_away(Socket& socket, int status);
  void out_of_descriptors();

  Common& common_;
  std::vector<Worker*> workers_;
  Acceptor acceptor_;
  std::string address_;
  boost::asio::steady_timer pause_;
  std::size_t next_ = 0;
  int spare_ = -1;  // a descriptor to give up when there is no other left
};

}  // namespace signalbox::web
