// Outbound HTTP: what every connector speaks through. One client for the whole program.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace signalbox::net {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A request. Names and values are checked for CR, LF and NUL: invalid when they hold any.
struct Request {
  std::string method = "GET";
  std::string url;
  Headers headers;
  std::string body;
  Duration timeout{std::chrono::seconds(30)};  ///< from call to the last byte of the answer
  std::size_t most_bytes = 8u << 20;           ///< a longer body (decoded) is an error
  /// It says something to others: sent on a fresh connection, so that libcurl never repeats it on
  /// its own.
  bool speaks = false;
  /// Only the connection is made, past any proxy, and closed again: nothing is sent, and the answer
  /// has status 0 and is empty.
  bool connect_only = false;
  /// Certificates (a PEM file's path) to believe instead of the system's; "" = the system's.
  std::string ca_file = {};
  /// The answer's `certificate_ends` is wanted.
  bool about_certificate = false;
};

/// An answer of any status. Header names in lower case.
struct Response {
  int status = 0;
  Headers headers;
  std::string body;
  /// From when libcurl began until the last byte was here; of a request that is connect_only, from
  /// the end of the look-up until the connection stood. Our own queue is left out.
  std::optional<Duration> took = {};
  /// When the server's certificate ends; none on a connection that was there before.
  std::optional<Time> certificate_ends = {};

  /// The first header of that (lower-case) name, or nullopt.
  std::optional<std::string_view> header(std::string_view name) const;
};

/// Sends requests. Errors: invalid (the request), unavailable (no answer, cut off, timed out, TLS
/// refused), corrupt (too long, not HTTP). `what` names method and URL without query, never headers
/// or body. `maybe_sent` tells apart failures before any byte of the request could have been acted
/// on.
class Http {
 public:
  virtual ~Http() = default;
  /// Call on the net thread; resumes there.
  virtual boost::asio::awaitable<Result<Response>> send(Request request) = 0;
};

/// Waits, on the net thread. Tests replace it by one that jumps its clock.
class Pause {
 public:
  virtual ~Pause() = default;
  virtual boost::asio::awaitable<void> wait(Duration length) = 0;
};

/// Errors' `what` begins with this when the request certainly never reached the other side
/// (refused, unresolvable).
inline constexpr std::string_view kNeverSent = "not sent: ";
/// Errors' `what` ends with this when the failure says nothing about the other side: its name did
/// not resolve, no way leads there from here, our queue or look-up took most of the time allowed,
/// we stopped waiting ourselves, or the answer was longer than we read.
inline constexpr std::string_view kMaybeOurs = " (maybe trouble of our own)";

}  // namespace signalbox::net
