// Short stable names made from text: incident ids, delivery keys, ETags. Not for secrets.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace signalbox {

/// 64-bit FNV-1a, finished by a mixing step. The same on every machine and in every release.
std::uint64_t hash64(std::string_view text);
/// Twelve characters `[0-9a-z]` made from `text`: the form of Statuspage's ids.
std::string short_id(std::string_view text);

}  // namespace signalbox
