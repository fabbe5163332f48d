// Takes log lines over TCP on this machine, as rsyslog and syslog-ng forward them: each ended by a
// newline.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace signalbox::connectors::access_log {

/// What a listener does not let a sender do.
struct ListenerLimits {
  std::size_t connections = 64;               ///< open at once; more are closed at once
  std::size_t line = std::size_t{64} * 1024;  ///< bytes; what is longer is given cut there, once
  Duration unfinished{std::chrono::seconds(30)};  ///< a line begun must end; else it closes
};

/// Listens until it is destroyed. Lives on one thread: that of `executor`, on which `line` is
/// called.
class Listener {
 public:
  virtual ~Listener() = default;
  /// "HOST:PORT" with the port that was taken.
  virtual const std::string& address() const = 0;
};

/// Listens on "HOST:PORT" (port 0: a free one). `line` is given each line without its newline, also
/// the last one of a connection that ends without. A quiet connection stays open: a log may be
/// silent for hours. Unavailable, naming the address, when it cannot be taken.
Result<std::unique_ptr<Listener>> listen(const boost::asio::any_io_executor& executor,
                                         const std::string& address,
                                         std::function<void(std::string_view)> line,
                                         ListenerLimits limits = {});

}  // namespace signalbox::connectors::access_log
