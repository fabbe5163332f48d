// Origins: to whom an address belongs, and where a redirect leads. Read by libcurl's own parser, so
// that what is compared is what is asked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::net {

/// `https://host:443`: scheme, host in lower case, port, the scheme's own where none is named
/// (RFC 6454). Nullopt when `url` is none, or neither http nor https.
std::optional<std::string> origin_of(const std::string& url);

/// Where `reference` (a Location header) leads from `base` (RFC 3986, section 5), without user and
/// password. Nullopt when it leads nowhere that http or https reaches.
std::optional<std::string> resolve(const std::string& base, const std::string& reference);

}  // namespace signalbox::net
