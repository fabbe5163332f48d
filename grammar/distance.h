// How many slips of the finger lie between two words.
#pragma once

#include <cstddef>
#include <string_view>

namespace signalbox::grammar {

/// Slips (a letter left out, added, changed, or two neighbours swapped) from `a` to `b` without
/// regard to case; anything above `most` is given as `most + 1`. Bytes count as letters. Cheap when
/// the lengths differ by more than `most`.
std::size_t slips(std::string_view a, std::string_view b, std::size_t most);

/// How many slips a word of this length may have and still be taken for the one meant: 0 up to two
/// letters, 1 up to five, then 2.
std::size_t pardoned_slips(std::size_t length);

}  // namespace signalbox::grammar
