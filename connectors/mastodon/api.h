// The Mastodon API's calls: addressed, authorised, and their refusals told apart.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "base/secret.h"
#include "connectors/connector.h"
#include "net/url.h"

namespace signalbox::connectors::mastodon {

/// One server and one token. `what` of every error begins with "mastodon: " and `place`.
class Api {
 public:
  Api(std::string base_url, Secret token, World world);

  /// The JSON of a 2xx; any other status is a refusal.
  Task<Result<nlohmann::json>> get(std::string path, net::Parameters query, std::string place);
  /// The same, but a 404 or 410 is nullopt. One that does not say so in JSON is believed only when
  /// the server answers `known_path`: a proxy's page for everything it does not know must not look
  /// like a deletion.
  Task<Result<std::optional<nlohmann::json>>> look_up(std::string path, std::string known_path,
                                                      std::string place);
  /// Posts a form that says something, under an idempotency key.
  Task<Result<nlohmann::json>> say(std::string path, net::Parameters fields, std::string key,
                                   std::string place);

  Time now() const { return world_.clock.now(); }

 private:
  Task<Result<net::Response>> send(net::Request request);

  std::string base_url_;
  Secret token_;
  World world_;
};

}  // namespace signalbox::connectors::mastodon
