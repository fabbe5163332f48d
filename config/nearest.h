// "Did you mean …?": the known word nearest to a misspelt one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::config {

/// The one of `known` that a slip of the finger or two away gives `word`; "" when none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& known);
/// `; did you mean "nearest"?`, or what is known: `; known are a, b and c`, or "" for an empty
/// list.
std::string hint(std::string_view word, const std::vector<std::string>& known);

}  // namespace signalbox::config
