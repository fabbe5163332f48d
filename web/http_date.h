// A moment as HTTP's headers and RSS write it.
#pragma once

#include <string>

#include "base/time.h"

namespace signalbox::web {

/// `Sun, 06 Nov 1994 08:49:37 GMT`: IMF-fixdate (RFC 9110, section 5.6.7), which RFC 822 allows
/// too.
std::string http_date(Time t);

}  // namespace signalbox::web
