// A DNS server on a loopback port that answers as a test wants, by UDP.
#pragma once

#include <functional>
#include <string>
#include <thread>

namespace signalbox::testing {

/// Ends with the object. `answer` is given each datagram, on the server's thread; what it gives
/// back is sent, unless empty.
class ScriptedDns {
 public:
  explicit ScriptedDns(std::function<std::string(const std::string&)> answer);
  ~ScriptedDns();
  ScriptedDns(const ScriptedDns&) = delete;
  ScriptedDns& operator=(const ScriptedDns&) = delete;

  /// `127.0.0.1:PORT`.
  std::string address() const;

 private:
  void serve();

  std::function<std::string(const std::string&)> answer_;
  int socket_ = -1;
  int port_ = 0;
  std::thread thread_;
};

/// The answer to `question` that names one address, 192.0.2.1.
std::string dns_answer(const std::string& question);

}  // namespace signalbox::testing
