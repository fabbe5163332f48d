// The thread on which libcurl moves all transfers: starts what the caps allow, queues the rest.
#pragma once

#include <curl/curl.h>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <unordered_map>
#include <vector>

#include "net/client.h"
#include "net/lookups.h"
#include "net/socket_watch.h"
#include "net/transfer.h"

namespace signalbox::net {

/// A transfer costs only when something happens to it: thousands may hang beside one that is quick.
/// submit() and abandon() are thread-safe.
class CurlLoop {
 public:
  /// `after_round` is called on the loop's thread when the transfers that were done in one round
  /// have been told so.
  CurlLoop(const ClientSettings& settings, std::function<void()> after_round);
  ~CurlLoop();
  CurlLoop(const CurlLoop&) = delete;
  CurlLoop& operator=(const CurlLoop&) = delete;

  /// Ends the thread and fails every transfer; what is submitted later fails at once. The
  /// destructor stops too.
  void stop();
  void submit(std::shared_ptr<Transfer> transfer);
  /// Nobody waits for its answer any more.
  void abandon(std::shared_ptr<Transfer> transfer);

 private:
  struct Free {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
  };
  using Queue = std::deque<std::shared_ptr<Transfer>>;

  void run();
  bool take_new();
  void start_what_fits();
  bool fits(const Transfer& transfer, Transfer::Moment now);
  void start(const std::shared_ptr<Transfer>& transfer, Transfer::Moment now);
  void move_what_can();
  void act(int socket, int events);
  void finish_what_is_done();
  void drop(const Queue& abandoned);
  void fail_everything();
  std::shared_ptr<Transfer> release(CURL* easy);
  Duration nap() const;
  Transfer::Handle blank_handle();

  static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void*);
  static int on_timer(CURLM* multi, long timeout_ms, void* self);

  const ClientSettings settings_;
  const std::function<void()> after_round_;
  SocketWatch watch_;  // outlives libcurl's loop, which takes leave of its sockets
  std::unique_ptr<CURLM, Free> multi_;
  std::mutex mutex_;  ///< guards the next three
  Queue submitted_;
  Queue abandoned_;
  bool stopping_ = false;
  Queue waiting_;
  std::vector<Transfer::Handle> spare_;  // handles that transfers left behind
  std::unordered_map<CURL*, std::shared_ptr<Transfer>> running_;
  std::map<std::string, int> per_host_;
  std::set<const Transfer*> looking_up_;   // among those running
  Lookups lookups_;                        // the places of those
  std::optional<Transfer::Moment> timer_;  // when libcurl wants to be called
  std::thread thread_;
};

}  // namespace signalbox::net
