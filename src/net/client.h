// The outbound HTTP client: libcurl's multi interface on a thread of its own, awaited from Asio
// coroutines.
#pragma once

#include <memory>
#include <string>

#include "net/http.h"

namespace boost::asio {
class io_context;
}

namespace signalbox::net {

/// How the client behaves.
struct ClientSettings {
  std::string user_agent = "Signalbox/0.1 (+https://github.com/signalbox/signalbox)";
  int in_flight = 256;  ///< at most so many requests at once; the others queue
  int per_host = 16;
  int lookups = 16;  ///< name look-ups at once, slow ones and one zone's aside (net/lookups.h)
  int kept = 64;     ///< idle connections kept for the next request
};

/// `io` outlives the client; answers resume on it. The destructor stops the thread and fails what
/// is in flight.
std::unique_ptr<Http> make_client(boost::asio::io_context& io, ClientSettings settings);
/// The real Pause, on `io`'s timers.
std::unique_ptr<Pause> make_pause(boost::asio::io_context& io);

}  // namespace signalbox::net
