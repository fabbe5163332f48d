// UTF-8, one code point at a time.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace signalbox::utf8 {

/// The code point at the start of a text. When invalid: U+FFFD, and `bytes` (1) to skip.
struct Point {
  char32_t value = 0xFFFD;
  std::size_t bytes = 1;
  bool valid = false;
};

/// Decodes the first code point of a text that is not empty. Refuses overlong forms, surrogates and
/// what is beyond U+10FFFF.
Point decode(std::string_view text);
/// Appends `point` to `out`'s end and gives the result back.
std::string encode(char32_t point);
/// White space and what is invisible like it: U+00A0, U+2000…U+200D, U+2028, U+2029, U+202F,
/// U+205F, U+2060, U+3000, U+FEFF.
bool is_space(char32_t point);
/// Joins onto the character before it: combining marks, variation selectors, skin tones, joiners,
/// tags.
bool extends(char32_t point);
/// A regional indicator: two of them make a flag.
bool is_flag_half(char32_t point);

}  // namespace signalbox::utf8
