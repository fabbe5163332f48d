// Colours of the page that an operator chooses: read, and refused where they could not be read by.
#pragma once

#include "config/fields.h"
#include "model/look.h"

namespace signalbox::config {

/// How well `a` is told from `b` (both `#rrggbb`), from 1 to 21: WCAG 2's contrast ratio.
double contrast(std::string_view a, std::string_view b);

/// `light` or `dark` of `page.colours`. Each is `#rrggbb`; all that is text must have a contrast of
/// at least 4.5 on both backgrounds, those of `own` standing where none is given.
Palette read_palette(Fields& colours, std::string_view scheme, const Palette& own,
                     Mistakes& mistakes);

}  // namespace signalbox::config
