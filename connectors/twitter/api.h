// X's API v2: signed requests, and its ways of refusing told apart.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "connectors/connector.h"
#include "net/oauth1.h"
#include "net/url.h"

namespace signalbox::connectors::twitter {

/// What opens the door: the four keys of an app and a user, or an app's bearer token, which reads
/// only.
struct Keys {
  net::OAuth1Keys user;
  Secret bearer;

  bool may_speak() const { return !user.consumer_key.empty(); }
};

/// Errors of say() begin with this when X refused a text because it stands there already.
inline constexpr std::string_view kDuplicate = "twitter: said already: ";

/// Calls as one user. Keys are in the Authorization header only: never in an address, never in an
/// error. Not thread-safe; one call at a time.
class Api {
 public:
  /// `base_url` is what stands before "/2/…". What `world` refers to outlives it.
  Api(std::string base_url, Keys keys, World world);

  /// Reads `path` ("/2/…"). The answer is JSON of any shape.
  Task<Result<nlohmann::json>> ask(std::string path, net::Parameters parameters);
  /// Says something, on a fresh connection.
  Task<Result<nlohmann::json>> tell(std::string path, nlohmann::json body);

 private:
  /// Signs `request`, sends it, and sorts what came back.
  Task<Result<nlohmann::json>> call(std::string path, net::Request request);
  /// A new nonce each time: X takes none twice.
  std::string authorization(const net::Request& request) const;

  std::string base_url_;
  Keys keys_;
  World world_;
};

}  // namespace signalbox::connectors::twitter
