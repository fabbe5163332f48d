// Accents joined with their letters, as networks do before they count or compare (the Latin part of
// Unicode's NFC; other scripts stay as they are).
#pragma once

#include <string>
#include <string_view>

namespace signalbox::announce {

/// `text` (valid UTF-8) with each Latin letter and the mark behind it as one character, where there
/// is one.
std::string composed(std::string_view text);

}  // namespace signalbox::announce
