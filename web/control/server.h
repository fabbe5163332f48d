// The control plane: what staff reaches, on loopback, by token. One thread reads and writes; a few
// wait for the core.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"

namespace signalbox::web {

/// An answer to a staff request: status and JSON body.
struct ControlAnswer {
  int status = 200;
  std::string body;
};

/// What the control plane asks of the rest. Called on its threads; each answers within 3 s or 503
/// "not accepted".
class Control {
 public:
  virtual ~Control() = default;
  /// Posts a line on the local account: 201 with the outcome, after the commit. `id` may be empty.
  virtual ControlAnswer post(const std::string& text, const std::string& id) = 0;
  /// Readings as JSON: 201 once they are kept, 422 with what is wrong with them.
  virtual ControlAnswer readings(const std::string& body) = 0;
  /// The record after entry `after`, oldest first, `most` at the most; kNewest: its last ones.
  static constexpr std::uint64_t kNewest = UINT64_MAX;
  virtual ControlAnswer audit(std::uint64_t after, std::size_t most) = 0;
  /// The board as the page's /api/board.json tells it. Must not wait for the core.
  virtual ControlAnswer board() = 0;
  virtual ControlAnswer outbox() = 0;
  virtual ControlAnswer held() = 0;
  /// `what`: freeze, thaw (subject: account), release, discard (subject: held id or its post's),
  /// go_back (subject: author). 404 when there is no such subject.
  virtual ControlAnswer command(const std::string& what, const std::string& subject) = 0;
  /// Prometheus text format 0.0.4. Must not wait for the core.
  virtual std::string metrics() = 0;
};

struct ControlSettings {
  std::string address = "127.0.0.1:8081";  ///< or "unix:PATH", 0600: the process's user alone
  bool behind_proxy = false;               ///< an address off loopback is refused without it
  Secret token;
};

class ControlServer {
 public:
  virtual ~ControlServer() = default;
  /// Takes the address; gives it with the port that was taken. Who connects waits,
  /// unanswered, until serve().
  virtual Result<std::string> listen() = 0;
  /// Answers from now on, on threads of its own. Once, after listen().
  virtual void serve() = 0;
  virtual void stop() = 0;
};

std::unique_ptr<ControlServer> make_control_server(ControlSettings settings, Control& control);

}  // namespace signalbox::web
