// Who may use the control plane: the token, or a session the token opened; and no page of somebody
// else's.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"
#include "base/time.h"

namespace signalbox::web {

/// What a request brings along, as far as the gate looks.
struct Credentials {
  std::string authorization;  ///< the Authorization header
  std::string cookie;         ///< the Cookie header
  std::string host;           ///< the Host header
  std::string origin;         ///< the Origin header, or ""
  bool changes = false;       ///< anything but GET and HEAD
};

/// Thread-safe.
class Gate {
 public:
  /// `any_host`: behind a proxy the Host is the proxy's business; else only loopback names are
  /// answered, so that a name rebound to 127.0.0.1 reaches nothing.
  Gate(Secret token, bool any_host);

  /// "" when let in, else why not, for the 401 or 403 that status() names.
  struct Decision {
    int status = 200;
    std::string why;
  };
  Decision decide(const Credentials& credentials, SteadyTime now);
  /// Opens a session for whoever knows the token; none else. After five failures in a row a minute
  /// passes before the next try counts.
  std::optional<std::string> open_session(std::string_view token, SteadyTime now);

 private:
  bool is_token(std::string_view given) const;
  bool has_session(std::string_view cookie, SteadyTime now);

  const Secret token_;
  const bool any_host_;
  std::mutex mutex_;
  std::map<std::string, SteadyTime, std::less<>> sessions_;  // to when each ends
  int failures_ = 0;
  SteadyTime shut_until_{};
};

}  // namespace signalbox::web
