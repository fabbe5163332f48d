// What one character of a head counts as, however a phone or a chat client wrote it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace signalbox::grammar {

/// The kinds of character a head is made of. Everything a client may put in the place of an ASCII
/// character has that character's kind: an em dash is a dash, a no-break space is a space.
enum class Kind : std::uint8_t {
  end,       ///< there is no character any more
  name,      ///< A-Z a-z 0-9 _ .
  dash,      ///< - and hyphens, en and em dashes, the minus sign
  list,      ///< , + & between targets
  foreign,   ///< any other character beyond ASCII, look-alikes of letters among them; never part of
             ///< a target
  space,     ///< blank, tab, no-break and typographic spaces
  nothing,   ///< zero-width spaces, joiners and direction marks: as if not there
  open,      ///< [
  close,     ///< ]
  colon,     ///< : and its full-width form
  question,  ///< ? and its full-width form
  line_end,  ///< a head never goes beyond it
  other,     ///< other ASCII characters and quotation marks: no head has them
};

/// One character: its kind, and how many bytes it takes (0 at the end).
struct Glyph {
  Kind kind = Kind::end;
  std::size_t size = 0;
};

/// The kind of each ASCII character.
extern const std::array<Kind, 128> kAsciiKinds;
/// The character beyond ASCII that begins at `at`.
Glyph glyph_beyond_ascii(std::string_view text, std::size_t at);

/// The character that begins at `at`. Bytes that are no UTF-8 are foreign, one by one.
inline Glyph glyph_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto first = static_cast<unsigned char>(text[at]);
  return first < 0x80 ? Glyph{kAsciiKinds[first], 1} : glyph_beyond_ascii(text, at);
}

/// The first place at or after `at` that is no space: zero-width ones count as spaces, line ends do
/// not.
inline std::size_t after_spaces(std::string_view text, std::size_t at) {
  for (;;) {
    const Glyph glyph = glyph_at(text, at);
    if (glyph.kind != Kind::space && glyph.kind != Kind::nothing) return at;
    at += glyph.size;
  }
}
/// As after_spaces(), line ends too: where a post's first visible character is.
inline std::size_t after_blank(std::string_view text, std::size_t at) {
  for (;;) {
    at = after_spaces(text, at);
    const Glyph glyph = glyph_at(text, at);
    if (glyph.kind != Kind::line_end) return at;
    at += glyph.size;
  }
}

}  // namespace signalbox::grammar
