// `${NAME}` in the configuration, and words of the file made safe to show in a message.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "config/tree.h"

namespace signalbox::config {

/// `text` with each `${NAME}` replaced by that environment variable and `$${` by `${`; true when a
/// variable was used. A missing variable is a mistake that names it, and stays as written. A `$`
/// without a brace means itself.
std::pair<std::string, bool> expand(const std::string& text, Place place, Mistakes& mistakes);

/// A word of the file for a message: one line, cut where long.
std::string shown(std::string_view word);
/// A value for a message: as it stands in the file, so that what a `${NAME}` holds is never shown.
std::string shown(const Node& node);

}  // namespace signalbox::config
