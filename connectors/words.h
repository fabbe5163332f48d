// The words of a text, to tell whether one of ours and one read back are the same: networks change
// a text a little on the way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::connectors {

/// The words of `text` in Unicode's composed form, without the white space between them.
std::vector<std::string> words_of(std::string_view text);

}  // namespace signalbox::connectors
