// A status's HTML as the plain text its author typed.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::connectors::mastodon {

/// Line breaks become newlines, paragraphs are parted by a blank line, tags go, entities are
/// resolved once. Text hidden by style (`invisible` parts of links) stays; scripts and styles do
/// not. At most 64 KiB of HTML are read.
std::string html_text(std::string_view html);

}  // namespace signalbox::connectors::mastodon
