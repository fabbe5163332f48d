// The HTML that a Mastodon server makes of what a person typed. For the stage only.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::connectors::mastodon {

/// Paragraphs, line breaks, entities, links with hidden parts, mentions without their host.
std::string stage_html(std::string_view text);

}  // namespace signalbox::connectors::mastodon
