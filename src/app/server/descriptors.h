// How many files and sockets this process may have open.
#pragma once

#include <cstddef>

namespace signalbox::app {

/// Raises the soft limit to the hard one, but to no more than kMostDescriptors, and gives what then
/// holds. The kernel may refuse: then what held before.
std::size_t raise_descriptors();

/// 20,000 visitors, 16,384 checks, and room for the rest.
inline constexpr std::size_t kMostDescriptors = 65'536;

}  // namespace signalbox::app
