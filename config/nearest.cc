#include "config/nearest.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"

namespace signalbox::config {
namespace {

/// How many letters are changed, added, left out or swapped with their neighbour.
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  std::iota(d[0].begin(), d[0].end(), 0U);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    d[i][0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({changed, d[i - 1][j] + 1, d[i][j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  if (word.size() > 64) return "";
  const std::string lower = to_lower(word);
  std::string best;
  std::size_t least = std::max<std::size_t>(1, std::min<std::size_t>(3, lower.size() / 3)) + 1;
  for (const auto& candidate : known) {
    const std::size_t far = distance(lower, to_lower(candidate));
    if (far < least) {
      least = far;
      best = candidate;
    }
  }
  return best;
}

std::string hint(std::string_view word, const std::vector<std::string>& known) {
  if (known.empty()) return "";
  const std::string near = nearest(word, known);
  if (!near.empty()) return "; did you mean `" + near + "`?";
  return (known.size() == 1 ? "; known is " : "; known are ") + join(known, ", ");
}

}  // namespace signalbox::config
