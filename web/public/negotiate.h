// What a request's headers ask of a document: which encoding, and whether the reader has it
// already.
#pragma once

#include <string_view>

#include "web/publisher.h"

namespace signalbox::web {

/// The encoding an Accept-Encoding header prefers, brotli before gzip where both are as welcome;
/// identity for an empty or unreadable one.
Encoding preferred(std::string_view accept_encoding);
/// Whether an If-None-Match header names `etag` (weak comparison) or is `*`.
bool names(std::string_view if_none_match, std::string_view etag);

}  // namespace signalbox::web
