// How a source is signed in to: a bearer token, a user with a password, or not at all.
#pragma once

#include <string>
#include <string_view>

#include "connectors/connector.h"
#include "net/http.h"

namespace signalbox::connectors {

/// The Authorization header that `token`, or `user` and `password`, ask for; empty when none is
/// set. Both at once is a mistake, noted in `settings`.
net::Headers sign_in(const Settings& settings);

/// RFC 4648, with padding.
std::string base64(std::string_view bytes);

}  // namespace signalbox::connectors
