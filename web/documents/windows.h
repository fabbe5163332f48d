// How the windows of figures and charts are called.
#pragma once

#include <string>

#include "web/documents/edition.h"

namespace signalbox::web {

/// "24 hours", of "day"; also "week", "month", "quarter".
inline const std::string& window_name(const Edition& edition, const std::string& id) {
  return edition.language.text("window." + id);
}

/// "The last 24 hours".
inline const std::string& last_window(const Edition& edition, const std::string& id) {
  return edition.language.text("window." + id + ".last");
}

}  // namespace signalbox::web
