// CSS selectors, as far as a recipe needs them, said as XPath.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox::connectors::recipe {

/// The XPath that finds, below its context node, what `selector` does. Known are: a type, `*`,
/// `.class`, `#id`, `[attribute]` with `=`, `~=`, `^=`, `$=` and `*=`, `:first-child`,
/// `:last-child`, `:not(…)` of one such thing, the combinators ` `, `>`, `+` and `~`, and `,`.
/// invalid for anything else, with what it is.
Result<std::string> xpath_of(std::string_view selector);

}  // namespace signalbox::connectors::recipe
