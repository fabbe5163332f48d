// OAuth 1.0a signatures (RFC 5849), by liboauth. Used by the twitter connector.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/secret.h"

namespace signalbox::net {

/// The four keys of an app and a user.
struct OAuth1Keys {
  Secret consumer_key;
  Secret consumer_secret;
  Secret token;
  Secret token_secret;
};

/// What is fixed for a test; empty: made anew.
struct OAuth1Stamp {
  std::string nonce;
  std::string timestamp;
};

/// The Authorization header's value for a request. `form` are the body's form parameters; a JSON
/// body is not signed. Thread-safe (liboauth is not: one mutex stands around it).
std::string sign_oauth1(const std::string& method, const std::string& url,
                        const std::vector<std::pair<std::string, std::string>>& form,
                        const OAuth1Keys& keys, const OAuth1Stamp& stamp = {});

}  // namespace signalbox::net
