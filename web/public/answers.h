// The small answers that are no documents: errors, health, and the Date line every answer ends its
// head with.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace signalbox::web {

/// Status line and headers (but for Date, Connection and the empty line) for a plain text body;
/// `extra`: further lines, each ended by CRLF. A status that is not among ours becomes a 500.
std::string plain_head(int status, std::size_t length, std::string_view extra);
/// The same for a JSON body.
std::string json_head(int status, std::size_t length, std::string_view extra);
/// The same for an HTML body.
std::string html_head(int status, std::size_t length, std::string_view extra);
/// What a page of another origin is told that asks what it may send: GET and HEAD with any header
/// (Fetch, CORS-preflight request).
std::string preflight_head(std::string_view extra);
/// The one line that is the body of a small answer: of 404 "There is nothing here.\n".
std::string_view plain_body(int status);
/// `Date: …\r\n`, for the end of a head.
std::string date_line(Time now);

}  // namespace signalbox::web
