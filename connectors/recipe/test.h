// What a value must be, ready to be asked.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace re2 {
class RE2;
}

namespace signalbox::connectors::recipe {

/// A pattern of RE2, shared by copies.
using Pattern = std::shared_ptr<const re2::RE2>;

/// The longest pattern, in bytes, and the most memory that one takes, compiled.
inline constexpr std::size_t kMostPattern = 2000;
inline constexpr int kMostPatternMemory = 1 << 20;

/// invalid, with RE2's words, when it is none or too large.
Result<Pattern> compile_pattern(const std::string& text);
/// Whether the pattern is found anywhere in `text`.
bool found_in(const Pattern& pattern, std::string_view text);

/// The finite number that `text` is, blanks around it aside.
std::optional<double> number_in(std::string_view text);

/// All that is given must hold.
struct Test {
  std::vector<std::string> is, is_not;
  Pattern matches, lacks;
  std::optional<double> above, below;
  std::optional<Duration> older, younger;

  /// A value that is no number is neither above nor below, one that is no time neither older nor
  /// younger.
  bool passes(std::string_view value, Time now) const;
  /// Nothing is given: a thing passes by being there.
  bool empty() const;
};

}  // namespace signalbox::connectors::recipe
