#include "web/documents/text_width.h"

#include <array>
#include <cstdint>

namespace signalbox::web {
namespace {

/// Advance widths of DejaVu Sans from U+0020 to U+007E, which Verdana nearly shares.
constexpr std::array<std::int16_t, 95> kAscii = {
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361,  318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635,  611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352,  635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592,  525, 636, 337, 636, 838};
constexpr int kUsual = 660;
constexpr int kWide = 1000;

struct Range {
  char32_t first, last;
};

constexpr std::array<Range, 6> kNothing = {{{0x300, 0x36F},
                                            {0x200B, 0x200F},
                                            {0x20D0, 0x20FF},
                                            {0xFE00, 0xFE0F},
                                            {0x1F3FB, 0x1F3FF},
                                            {0xE0000, 0xE01EF}}};
constexpr std::array<Range, 7> kBroad = {{{0x1100, 0x115F},
                                          {0x2E80, 0xA4CF},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFF00, 0xFF60},
                                          {0x1F000, 0x1FAFF},
                                          {0x20000, 0x3FFFF}}};

template <std::size_t N>
bool in(const std::array<Range, N>& ranges, char32_t point) {
  for (const Range& range : ranges) {
    if (point >= range.first && point <= range.last) return true;
  }
  return false;
}

int width_of(char32_t point) {
  if (point < 0x20) return 0;
  if (point < 0x7F) return kAscii[point - 0x20];
  if (in(kNothing, point)) return 0;
  return in(kBroad, point) ? kWide : kUsual;
}

}  // namespace

int text_width(std::string_view text) {
  int width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t more = lead < 0xC0 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    char32_t point = more == 0 ? lead : lead & (0x3FU >> more);
    for (std::size_t i = 1; i <= more && at + i < text.size(); ++i) {
      point = (point << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    width += width_of(point);
    at += more + 1;
  }
  return width;
}

}  // namespace signalbox::web
