// The server a source asks: where it is, how it is signed in to, and which certificates it is
// believed by.
#pragma once

#include <string>
#include <string_view>

#include "connectors/connector.h"
#include "net/http.h"
#include "net/url.h"

namespace signalbox::connectors {

/// The path of the certificates (PEM) that the setting `ca_file` names, "" when it is absent; a
/// file that cannot be read is refused there.
std::string ca_file_of(const SourceSetup& setup);

/// Makes and sends the requests of one source. Not thread-safe.
class Server {
 public:
  /// At the source's `base_url`, or at `usual_url` when it has none. `ca_file` in its settings
  /// names the certificates (PEM) to believe instead of the system's; a file that cannot be read is
  /// refused there. `sign_in` is sent along with every request; what `world` refers to outlives it.
  Server(const SourceSetup& setup, std::string_view usual_url, net::Headers sign_in, World world);

  /// A GET of `path` with `query`; and a POST of a form.
  net::Request get(std::string_view path, const net::Parameters& query) const;
  net::Request post(std::string_view path, const net::Parameters& form) const;
  /// The answer, of any status.
  Task<Result<net::Response>> send(net::Request request);
  /// The answer's body when its status is 2xx. A refusal whose reason the server tells (`error` or
  /// `message` in its JSON) and that is the query's fault is invalid; `place` begins what is told.
  Task<Result<std::string>> ask(net::Request request, std::string_view place);
  /// What a status other than 2xx means.
  Error refused(const net::Response& response, std::string_view place) const;

  Time now() const { return world_.clock.now(); }

 private:
  std::string base_url_;
  std::string ca_file_;
  net::Headers sign_in_;
  Duration timeout_;
  World world_;
};

}  // namespace signalbox::connectors
