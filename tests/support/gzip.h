// What a far side sends compressed.
#pragma once

#include <string>

namespace signalbox::testing {

/// `text` as gzip, packed as small as it gets.
std::string gzip(std::string text);

}  // namespace signalbox::testing
