#include "grammar/distance.h"

#include <algorithm>
#include <vector>

namespace signalbox::grammar {
namespace {

char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool same(char a, char b) { return folded(a) == folded(b); }

/// One row of the table of distances between prefixes, and the two above it.
struct Rows {
  std::vector<std::size_t> before_last, last, now;
};

/// Fills `rows.now` for the first `i` letters of `a`.
void fill(Rows& rows, std::string_view a, std::string_view b, std::size_t i) {
  rows.now[0] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    const std::size_t changed = rows.last[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
    std::size_t best = std::min({rows.last[j] + 1, rows.now[j - 1] + 1, changed});
    if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1])) {
      best = std::min(best, rows.before_last[j - 2] + 1);
    }
    rows.now[j] = best;
  }
}

}  // namespace

std::size_t slips(std::string_view a, std::string_view b, std::size_t most) {
  const std::size_t apart = std::max(a.size(), b.size()) - std::min(a.size(), b.size());
  if (apart > most) return most + 1;
  Rows rows{std::vector<std::size_t>(b.size() + 1), std::vector<std::size_t>(b.size() + 1),
            std::vector<std::size_t>(b.size() + 1)};
  for (std::size_t j = 0; j <= b.size(); ++j) rows.last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    fill(rows, a, b, i);
    std::swap(rows.before_last, rows.last);
    std::swap(rows.last, rows.now);
  }
  return std::min(rows.last[b.size()], most + 1);
}

std::size_t pardoned_slips(std::size_t length) {
  if (length <= 2) return 0;
  return length <= 5 ? 1 : 2;
}

}  // namespace signalbox::grammar
