// What words are written with, in any script.
#pragma once

namespace signalbox {

/// A letter, or a mark that belongs to one (Unicode's categories L and M).
bool is_letter(char32_t point);

}  // namespace signalbox
