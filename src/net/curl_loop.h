// The thread on which libcurl moves all transfers: starts what the caps allow, queues the rest.
#pragma once

#include <curl/curl.h>

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "net/client.h"
#include "net/transfer.h"

namespace signalbox::net {

/// submit() and wake() are thread-safe.
class CurlLoop {
 public:
  explicit CurlLoop(const ClientSettings& settings);
  ~CurlLoop();
  CurlLoop(const CurlLoop&) = delete;
  CurlLoop& operator=(const CurlLoop&) = delete;

  /// Ends the thread and fails every transfer; what is submitted later fails at once. The
  /// destructor stops too.
  void stop();
  void submit(std::shared_ptr<Transfer> transfer);
  /// Looks at what was submitted or abandoned.
  void wake() { curl_multi_wakeup(multi_.get()); }

 private:
  struct Free {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
  };
  using Queue = std::deque<std::shared_ptr<Transfer>>;

  void run();
  bool take_new();
  void start_what_fits();
  bool fits(const Transfer& transfer, int looking_up) const;
  void start(const std::shared_ptr<Transfer>& transfer);
  void finish_what_is_done();
  void drop_abandoned();
  void fail_everything();
  std::shared_ptr<Transfer> release(CURL* easy);

  const ClientSettings settings_;
  std::unique_ptr<CURLM, Free> multi_;
  std::mutex mutex_;  ///< guards the next two
  Queue submitted_;
  bool stopping_ = false;
  Queue waiting_;
  std::map<CURL*, std::shared_ptr<Transfer>> running_;
  std::map<std::string, int> per_host_;
  std::thread thread_;
};

}  // namespace signalbox::net
