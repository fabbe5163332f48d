// The languages pages speak, by the codes that HTML's `lang`, paths and the configuration use.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace signalbox {

/// English first: what is said where nobody asked for another. Each has a file of messages in
/// web/messages.
inline constexpr std::array kLanguageCodes =
    std::to_array<std::string_view>({"en", "de", "fr", "es", "ja", "ar"});

constexpr bool is_language(std::string_view code) {
  return std::ranges::find(kLanguageCodes, code) != kLanguageCodes.end();
}

}  // namespace signalbox
