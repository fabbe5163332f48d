// Links in a text, as networks find and count them.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace signalbox::announce {

/// Where a link stands in a text, in bytes.
struct Link {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool sure = true;  ///< false: a bare or international domain, which some networks take for a link
};

/// Every `http://…` and `https://…` with a host that can be one, and every bare domain.
std::vector<Link> links(std::string_view text);

}  // namespace signalbox::announce
