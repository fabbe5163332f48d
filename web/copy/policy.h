// What a document's headers say, for a file that has none.
#pragma once

#include <string>
#include <string_view>

#include "web/publisher.h"

namespace signalbox::web::copy {

/// The value of a header that the document is served with; "" when it has none of that name.
std::string header_of(const Document& document, std::string_view name);

/// The page's Content-Security-Policy as a <meta> may say it, with the copy's own script and style
/// allowed, and no other script.
std::string policy_of(const Document& document);

}  // namespace signalbox::web::copy
