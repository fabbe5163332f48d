#include "grammar/distance.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace signalbox::grammar {
namespace {

char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool same(char a, char b) { return folded(a) == folded(b); }

/// Names longer than this are never taken for slips.
constexpr std::size_t kLongest = 63;

/// One row of the table of distances between prefixes, and the two above it.
struct Rows {
  using Row = std::array<std::uint8_t, kLongest + 1>;
  Row before_last, last, now;
};

/// Fills `rows.now` for the first `i` letters of `a`, and gives its least entry.
std::size_t fill(Rows& rows, std::string_view a, std::string_view b, std::size_t i) {
  rows.now[0] = static_cast<std::uint8_t>(i);
  std::size_t least = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    const std::size_t changed = rows.last[j - 1] + (same(a[i - 1], b[j - 1]) ? 0UL : 1UL);
    std::size_t best = std::min({rows.last[j] + 1UL, rows.now[j - 1] + 1UL, changed});
    if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1])) {
      best = std::min(best, rows.before_last[j - 2] + 1UL);
    }
    rows.now[j] = static_cast<std::uint8_t>(best);
    least = std::min(least, best);
  }
  return least;
}

}  // namespace

std::size_t slips(std::string_view a, std::string_view b, std::size_t most) {
  const std::size_t apart = std::max(a.size(), b.size()) - std::min(a.size(), b.size());
  if (apart > most || a.size() > kLongest || b.size() > kLongest) return most + 1;
  // One slip leaves the first letter or the last as it was.
  if (most == 1 && a.size() > 2 && !same(a.front(), b.front()) && !same(a.back(), b.back()))
    return 2;
  Rows rows;
  for (std::size_t j = 0; j <= b.size(); ++j) rows.last[j] = static_cast<std::uint8_t>(j);
  std::size_t least_before = 0;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    const std::size_t least = fill(rows, a, b, i);
    // Later rows build on these two only: a swap costs one more than the row before the last.
    if (least > most && least_before >= most) return most + 1;
    least_before = least;
    std::swap(rows.before_last, rows.last);
    std::swap(rows.last, rows.now);
  }
  return std::min<std::size_t>(rows.last[b.size()], most + 1);
}

std::size_t pardoned_slips(std::size_t length) {
  if (length <= 2) return 0;
  return length <= 5 ? 1 : 2;
}

}  // namespace signalbox::grammar
