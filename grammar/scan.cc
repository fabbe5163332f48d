#include "grammar/scan.h"

#include <array>

namespace signalbox::grammar {
namespace {

constexpr std::array<Kind, 128> ascii_kinds() {
  std::array<Kind, 128> kinds{};
  kinds.fill(Kind::other);
  for (char c = '0'; c <= '9'; ++c) kinds[static_cast<std::size_t>(c)] = Kind::name;
  for (char c = 'A'; c <= 'Z'; ++c) kinds[static_cast<std::size_t>(c)] = Kind::name;
  for (char c = 'a'; c <= 'z'; ++c) kinds[static_cast<std::size_t>(c)] = Kind::name;
  kinds['_'] = kinds['.'] = Kind::name;
  kinds['-'] = Kind::dash;
  kinds[','] = kinds['+'] = kinds['&'] = Kind::list;
  kinds[' '] = kinds['\t'] = Kind::space;
  kinds['['] = Kind::open;
  kinds[']'] = Kind::close;
  kinds[':'] = Kind::colon;
  kinds['?'] = Kind::question;
  kinds['\n'] = kinds['\r'] = Kind::line_end;
  return kinds;
}

/// The code points U+2000 to U+2069, where Unicode keeps most of its spaces and dashes.
Kind general_punctuation(unsigned point) {
  if (point <= 0x200A || point == 0x202F || point == 0x205F) return Kind::space;
  if (point <= 0x200F || (point >= 0x2060 && point <= 0x2064)) return Kind::nothing;
  if (point >= 0x2010 && point <= 0x2015) return Kind::dash;
  if (point == 0x2028 || point == 0x2029) return Kind::line_end;
  if (point >= 0x2018 && point <= 0x201F) return Kind::other;  // quotation marks
  if (point >= 0x202A && point <= 0x202E) return Kind::nothing;
  if (point >= 0x2066 && point <= 0x2069) return Kind::nothing;
  return Kind::foreign;
}

Kind three_byte_kind(unsigned point) {
  if (point >= 0x2000 && point <= 0x2069) return general_punctuation(point);
  switch (point) {
    case 0x2212:  // minus sign
    case 0xFE58:  // small em dash
    case 0xFE63:  // small hyphen-minus
    case 0xFF0D:  // full-width hyphen-minus
      return Kind::dash;
    case 0x3000:
      return Kind::space;  // ideographic space
    case 0xFEFF:
      return Kind::nothing;  // zero-width no-break space
    case 0xFF0C:
      return Kind::list;  // full-width comma
    case 0xFF1A:
      return Kind::colon;
    case 0xFF1F:
      return Kind::question;
    default:
      return Kind::foreign;
  }
}

unsigned byte(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

bool continues(unsigned byte) { return (byte & 0xC0U) == 0x80U; }

}  // namespace

constexpr std::array<Kind, 128> kAsciiKinds = ascii_kinds();

Glyph glyph_beyond_ascii(std::string_view text, std::size_t at) {
  const unsigned first = byte(text, at);
  const unsigned second = byte(text, at + 1);
  const unsigned third = byte(text, at + 2);
  if (first == 0xC2 && second == 0xA0) return {Kind::space, 2};    // no-break space
  if (first == 0xC2 && second == 0xAD) return {Kind::nothing, 2};  // soft hyphen
  if (first == 0xC2 && second == 0xAB) return {Kind::other, 2};    // «
  if ((first & 0xF0U) == 0xE0U && continues(second) && continues(third)) {
    return {three_byte_kind((first & 0x0FU) << 12U | (second & 0x3FU) << 6U | (third & 0x3FU)), 3};
  }
  return {Kind::foreign, 1};
}

}  // namespace signalbox::grammar
