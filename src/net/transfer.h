// One request on its way through libcurl. Lives on the client's thread, but for abandon().
#pragma once

#include <curl/curl.h>
#include <sys/socket.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/http.h"

namespace signalbox::net {

/// Holds libcurl's handle and all that it points to. `done` is called exactly once, by finish() or
/// fail().
class Transfer {
 public:
  using Done = std::function<void(Result<Response>)>;
  using Moment = std::chrono::steady_clock::time_point;

  Transfer(Request request, const std::string& user_agent, Done done);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  struct Free {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  using Handle = std::unique_ptr<CURL, Free>;

  /// Fills `blank` (an unused handle), with what is left of the time allowed.
  CURL* start(Handle blank, Moment now);
  CURL* handle() const { return easy_.get(); }
  /// After the end: its handle, for another transfer; null when that must not be used again.
  Handle take_handle();
  /// What libcurl's outcome means to the caller.
  void finish(CURLcode code);
  void fail(Error error);

  /// Scheme, host and port: transfers of one key share the cap per host.
  const std::string& host() const { return host_; }
  /// Whether the host is a name still to be looked up, and the zone of that name.
  bool looking_up() const { return looking_up_; }
  const std::string& zone() const { return zone_; }
  Moment deadline() const { return deadline_; }
  const std::string& place() const { return place_; }

  /// Nobody waits for the answer any more. Thread-safe.
  void abandon() { abandoned_ = true; }
  bool abandoned() const { return abandoned_; }

 private:
  /// Of any family: curl_sockaddr itself has room for IPv4 alone.
  struct Address {
    sockaddr_storage bytes{};
    socklen_t size = 0;
  };

  void set_headers();
  void set_method();
  void set_limits(Moment now);
  void set_connection();
  void set_callbacks();
  Error meaning(CURLcode code) const;
  bool maybe_ours(CURLcode code) const;
  bool way_out() const;
  void note_delay(Moment now);
  std::size_t take_header(std::string_view line);
  std::size_t take_body(std::string_view part);

  static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);
  static int on_connected(void* self, char*, char*, int, int);
  static curl_socket_t on_socket(void* self, curlsocktype, curl_sockaddr* address);

  Request request_;
  Response response_;
  Done done_;
  std::string user_agent_;
  std::string host_;
  std::string place_;
  Moment deadline_;
  std::string zone_;
  bool looking_up_ = false;
  bool sending_ = false;            ///< a connection stands: from here on, bytes may have gone out
  bool no_socket_ = false;          ///< this machine had none left for us
  std::vector<Address> addresses_;  ///< of the host, those that were tried
  bool held_up_ = false;            ///< before it could connect, half the time allowed was gone
  bool too_long_ = false;
  std::size_t header_bytes_ = 0;
  std::atomic<bool> abandoned_ = false;
  std::unique_ptr<curl_slist, Free> headers_;
  Handle easy_;
};

}  // namespace signalbox::net
