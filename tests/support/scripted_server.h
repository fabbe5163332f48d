// A real server on a loopback port that answers with exactly the bytes a test wants, or with none.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace signalbox::testing {

/// What becomes of one request.
struct Script {
  std::string bytes;  ///< sent as they are
  bool hold =
      false;  ///< the connection then stays open, silent, until the server ends; else it is closed
};

/// Handles every connection on a thread of its own; one request a connection. Ends with the object.
class ScriptedServer {
 public:
  /// `answer` is given the whole request and is called on several threads.
  explicit ScriptedServer(std::function<Script(const std::string&)> answer, int port = 0);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  /// `http://127.0.0.1:PORT`.
  std::string url() const;
  /// What was received so far (the first thousand), whole requests only.
  std::vector<std::string> requests() const;
  /// The most connections that were open at once.
  int most_at_once() const { return most_; }

 private:
  void accept_all();
  void serve(int connection);
  void converse(int connection);

  std::function<Script(const std::string&)> answer_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> most_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::set<int> connections_;
  std::condition_variable closed_;
  std::thread thread_;
};

/// `HTTP/1.1 200 OK` with a body and its length; `headers` are lines ending in CRLF.
std::string http_ok(const std::string& body, const std::string& headers = "");

}  // namespace signalbox::testing
