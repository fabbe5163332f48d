// How wide a text is drawn, where nobody can measure it: in a badge on somebody else's page.
#pragma once

#include <string_view>

namespace signalbox::web {

/// Thousandths of the font's size that `text` (valid UTF-8) takes in DejaVu Sans or Verdana: exact
/// for printable ASCII; elsewhere one of three widths: nothing (combining), wide (East Asian,
/// emoji), or what most scripts take.
int text_width(std::string_view text);

}  // namespace signalbox::web
