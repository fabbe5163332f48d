// A picture from a file, as it is put into a page.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::config {

/// `content` as `data:` URL, of the type its first bytes tell: SVG, PNG or WebP; "" for anything
/// else. Inside an `<img>` an SVG runs no script and loads nothing.
std::string picture_url(std::string_view content);

}  // namespace signalbox::config
