// The public plane: what strangers reach. Event-driven, absolute deadlines, caps, prebuilt bytes.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "web/public/letterbox.h"
#include "web/publisher.h"

namespace signalbox::web {

/// Limits of the public plane (docs/operations.md).
struct PublicSettings {
  std::string address = "127.0.0.1:8080";  ///< or "unix:PATH"
  std::string socket_group = {};           ///< of a Unix socket, which is 0660; "": the process's
  std::string access_log = {};             ///< a file, or "stderr"; "": none is kept
  /// Trusted proxies begin each connection with the PROXY protocol (web/public/preface.h). Of
  /// others it is no request, and refused as such.
  bool proxy_protocol = false;
  int threads = 0;          ///< 0: one a processor core
  int per_address = 100;    ///< connections of one address (loopback is exempt)
  int connections = 20000;  ///< in all
  /// Addresses and networks whose X-Forwarded-For and PROXY protocol are believed.
  std::vector<std::string> trusted_proxies{"127.0.0.0/8", "::1"};
  Duration header_deadline{std::chrono::seconds(5)};
  Duration body_deadline{std::chrono::seconds(10)};
  Duration answer_deadline{std::chrono::seconds(30)};
  Duration keep_alive{std::chrono::seconds(30)};
  /// How old the core's heartbeat may be, by our own monotonic clock.
  Duration stale_after{std::chrono::seconds(60)};
  Duration live_beat{std::chrono::seconds(15)};  ///< between comments on a live stream
  int live_streams = 5000;                       ///< open at once; more are answered 503
};

/// What the public plane asks of the rest.
class Readiness {
 public:
  virtual ~Readiness() = default;
  /// "" when what is shown can be believed, else the reason for /readyz's 503. Any thread; must not
  /// block.
  virtual std::string not_ready_because() const = 0;
};

/// Runs its own threads from serve() to stop().
class PublicServer {
 public:
  virtual ~PublicServer() = default;
  /// Takes the address and opens the access log; gives the address with the port that was taken.
  /// Unavailable, naming what cannot be had. Who connects waits, unanswered, until serve().
  virtual Result<std::string> listen() = 0;
  /// Answers from now on. Once, after listen().
  virtual void serve() = 0;
  /// The newest site; null until the first. `event`: a live event for the open streams, or "". One
  /// thread at a time.
  virtual void publish(SitePtr site, std::string event) = 0;
  /// The core is alive. Any thread.
  virtual void heartbeat() = 0;
  /// The access log goes on in `where` (as PublicSettings has it), made anew where it was moved
  /// away. Unavailable when it cannot be; then it goes on as it was. Any thread.
  virtual Status reopen_access_log(const std::string& where) = 0;
  /// Who takes what is handed in by POST; outlives the server's threads. Before serve().
  virtual void deliver_to(Letterbox& letterbox) = 0;
  /// Stops accepting, lets answers finish for at most `patience`.
  virtual void stop(Duration patience) = 0;
  /// For /metrics: name to value.
  virtual std::vector<std::pair<std::string, double>> figures() const = 0;
};

/// `readiness` and `clock` outlive the server; `clock` only decides whether the heartbeat is stale.
std::unique_ptr<PublicServer> make_public_server(PublicSettings settings,
                                                 const Readiness& readiness, const Clock& clock);
/// By the machine's clock.
std::unique_ptr<PublicServer> make_public_server(PublicSettings settings,
                                                 const Readiness& readiness);

}  // namespace signalbox::web
