#include "base/utf8.h"

#include <array>
#include <vector>

#include "base/text.h"

namespace signalbox {

namespace utf8 {

namespace {

struct Range {
  char32_t first, last;
};

// General categories Mn and Me of the scripts that posts are written in, and emoji's own joiners.
constexpr std::array<Range, 27> kExtends{
    {{0x0300, 0x036F},   {0x0483, 0x0489},  {0x0591, 0x05BD}, {0x05BF, 0x05C7}, {0x0610, 0x061A},
     {0x064B, 0x065F},   {0x0670, 0x0670},  {0x06D6, 0x06ED}, {0x0711, 0x0711}, {0x0730, 0x074A},
     {0x0900, 0x0903},   {0x093A, 0x094F},  {0x0981, 0x0983}, {0x09BC, 0x09CD}, {0x0A01, 0x0A03},
     {0x0B82, 0x0BCD},   {0x0E31, 0x0E31},  {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF},
     {0x1DC0, 0x1DFF},   {0x200D, 0x200D},  {0x20D0, 0x20FF}, {0x3099, 0x309A}, {0xFE00, 0xFE0F},
     {0x1F3FB, 0x1F3FF}, {0xE0020, 0xE01EF}}};

int continuation(std::string_view text, std::size_t at) {
  if (at >= text.size()) return -1;
  const unsigned char c = static_cast<unsigned char>(text[at]);
  return (c & 0xC0) == 0x80 ? c & 0x3F : -1;
}

}  // namespace

Point decode(std::string_view text) {
  const unsigned char lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t bytes = lead >= 0xF0 && lead <= 0xF4  ? 4
                            : lead >= 0xE0 && lead < 0xF0 ? 3
                            : lead >= 0xC2 && lead < 0xE0 ? 2
                                                          : 0;
  if (bytes == 0) return {};
  char32_t value = lead & (0xFFu >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    const int next = continuation(text, i);
    if (next < 0) return {};
    value = (value << 6) | static_cast<char32_t>(next);
  }
  const bool overlong = (bytes == 3 && value < 0x800) || (bytes == 4 && value < 0x10000);
  if (overlong || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) return {};
  return {value, bytes, true};
}

std::string encode(char32_t point) {
  const auto byte = [](char32_t value) {
    return static_cast<char>(static_cast<unsigned char>(value));
  };
  const auto tail = [&](int shift) { return byte(0x80 | ((point >> shift) & 0x3F)); };
  if (point < 0x80) return {byte(point)};
  if (point < 0x800) return {byte(0xC0 | (point >> 6)), tail(0)};
  if (point < 0x10000) return {byte(0xE0 | (point >> 12)), tail(6), tail(0)};
  return {byte(0xF0 | (point >> 18)), tail(12), tail(6), tail(0)};
}

bool is_space(char32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200D) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x2060 || c == 0x3000 || c == 0xFEFF;
}

bool extends(char32_t c) {
  if (c < 0x0300) return false;
  for (const Range& range : kExtends) {
    if (c >= range.first && c <= range.last) return true;
  }
  return false;
}

bool is_flag_half(char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; }

}  // namespace utf8

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

std::vector<std::size_t> graphemes(std::string_view text) {
  std::vector<std::size_t> lengths;
  char32_t before = 0;
  bool half_flag_open = false;
  while (!text.empty()) {
    const auto point = utf8::decode(text);
    const bool flag_half = utf8::is_flag_half(point.value);
    const bool joins = !lengths.empty() &&
                       (utf8::extends(point.value) || before == 0x200D ||
                        (flag_half && half_flag_open) || (before == '\r' && point.value == '\n'));
    if (joins) {
      lengths.back() += point.bytes;
    } else {
      lengths.push_back(point.bytes);
    }
    half_flag_open = flag_half && !(joins && half_flag_open);
    before = point.value;
    text.remove_prefix(point.bytes);
  }
  return lengths;
}

}  // namespace signalbox
