// What the threads of the public plane share: limits, the core's heartbeat, counters.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/public/access_log.h"
#include "web/public/doorkeeper.h"
#include "web/public/networks.h"
#include "web/public/server.h"

namespace signalbox::web {

/// Connections open by client address. Thread-safe.
class Addresses {
 public:
  Addresses(int most, const std::vector<std::string>& trusted_proxies);
  /// Counts one connection of `address`; false when it has its share already. An IPv6 address
  /// counts for its /64. Loopback, trusted proxies and "" are not counted.
  bool take(const std::string& address);
  void release(const std::string& address);
  /// Whether what `address` says about whom it speaks for is believed: the configured proxies, and
  /// "", a Unix socket, whose file says who may connect.
  bool trusted(std::string_view address) const;
  /// The client an X-Forwarded-For header of a trusted proxy names: the last hop that is no proxy
  /// of ours; "" for none, or when that hop is no address.
  std::string client(std::string_view forwarded_for) const;

 private:
  /// What `address` is counted under; "": it is not.
  std::string counted(std::string_view address) const;

  const int most_;
  const Networks trusted_;
  std::mutex mutex_;
  std::map<std::string, int> open_;
};

/// Counters for /metrics.
struct Counters {
  std::atomic<std::uint64_t> accepted{0}, requests{0}, refused{0}, timed_out{0}, overload{0};
};

/// One of the places for live streams, which is given back when it goes.
struct LeaveSeat {
  void operator()(std::atomic<int>* taken) const { taken->fetch_sub(1); }
};
using Seat = std::unique_ptr<std::atomic<int>, LeaveSeat>;
/// Null when `most` are taken. Thread-safe; `taken` outlives the seat.
Seat take_seat(std::atomic<int>& taken, int most);

struct Common {
  Common(PublicSettings s, const Readiness& r, const Clock& c);

  /// The core is alive, now.
  void beat();
  /// When it last was, if that is longer ago than `stale_after`.
  std::optional<Time> silent_since() const;
  /// The line that also what is no document carries while the newest site's page is https; or "".
  std::string_view strict_transport() const { return https ? kStrictTransport : ""; }

  const PublicSettings settings;
  const Readiness& readiness;
  const Clock& clock;
  Addresses addresses;
  Counters counters;
  AccessLog log;
  Doorkeeper doorkeeper;
  Letterbox* letterbox = nullptr;  ///< set before the threads start
  std::atomic<int> connections{0};
  std::atomic<int> most_connections;  ///< settings.connections, less where descriptors are scarce
  std::atomic<int> streams{0};        ///< seats taken: streams that are open, or about to be
  std::atomic<int> held{0};           ///< answers that wait for the archive
  std::atomic<bool> https{false};     ///< the newest site's page is

 private:
  std::atomic<std::int64_t> beat_steady_ms_;
  std::atomic<std::int64_t> beat_wall_ms_;
};

}  // namespace signalbox::web
