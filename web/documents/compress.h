// Bodies made smaller for the wire, once a document.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::web {

/// Level 5; deterministic (no time in the header). "" when zlib refuses.
std::string gzip(std::string_view body);
/// Quality 4: on the way to the first reader, so fast before small. "" when brotli refuses.
std::string brotli(std::string_view body);

}  // namespace signalbox::web
