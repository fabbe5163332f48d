// What a redirect makes of a request: which method, and what may go along (RFC 9110, section 15.4).
#pragma once

#include "base/result.h"
#include "net/http.h"

namespace signalbox::connectors::http_check {

/// Whether the answer sends us elsewhere: 301, 302, 303, 307 or 308, with a Location.
bool leads_on(const net::Response& answer);

/// The request that the answer to `sent` asks for. 303 makes it a GET (of HEAD, a HEAD), and so do
/// 301 and 302 of a POST; the body then stays behind. To another origin (scheme, host or port) no
/// header of the check's goes along, and none afterwards, even back to the first.
///
/// Refused, with a reason for staff that holds no address: a body to another origin, https to http
/// unless `to_http`, and a Location that is none.
Result<net::Request> follow(const net::Request& sent, const net::Response& answer, bool to_http);

}  // namespace signalbox::connectors::http_check
