// Text in Unicode's composed form (NFC), as networks bring it before they count or compare: what a
// keyboard sent as a letter and its mark is then the same as the one character.
#pragma once

#include <string>
#include <string_view>

namespace signalbox {

/// `text` in NFC; as it is where it is no valid UTF-8.
std::string composed(std::string_view text);

}  // namespace signalbox
