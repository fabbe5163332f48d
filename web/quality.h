// Lists of wishes as Accept-Encoding and Accept-Language have them: `a, b;q=0.5`.
#pragma once

#include <string_view>

namespace signalbox::web {

/// One wish of such a list. A view into it.
struct Wish {
  std::string_view name;
  int quality = 1000;  ///< in thousandths; what cannot be read counts as 0
};

/// The first wish of `list`, which is left without it. An empty item has an empty name.
Wish next_wish(std::string_view& list);

}  // namespace signalbox::web
