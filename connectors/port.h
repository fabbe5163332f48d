// A port as people write it.
#pragma once

#include <charconv>
#include <string_view>

namespace signalbox::connectors {

/// 1 to 65535, in digits alone.
inline bool is_port(std::string_view text) {
  int port = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), port);
  return wrong == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

}  // namespace signalbox::connectors
