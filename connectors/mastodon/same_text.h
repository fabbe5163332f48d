// Whether a status on our timeline is something we said: servers change a text a little on the way.
#pragma once

#include <string_view>

namespace signalbox::connectors::mastodon {

/// Equal but for white space, and for the host of a mention (`@name@host` is shown as `@name`).
bool same_text(std::string_view a, std::string_view b);

}  // namespace signalbox::connectors::mastodon
