// What libcurl learned on the way of an answer, beside the answer itself.
#pragma once

#include <curl/curl.h>

#include <optional>
#include <string_view>

#include "base/time.h"

namespace signalbox::net {

/// How long the exchange of `easy` took, as Response::took tells.
Duration time_taken(CURL* easy, bool connect_only);

/// When the certificate ends that the server of `easy` showed for itself; its issuers' do not
/// matter. Nullopt without CURLOPT_CERTINFO, without TLS, and on a connection that was there
/// before.
std::optional<Time> certificate_ends(CURL* easy);

/// The end as libcurl writes it for GnuTLS: `2026-11-30 16:56:52 GMT`.
std::optional<Time> parse_certificate_end(std::string_view text);

}  // namespace signalbox::net
