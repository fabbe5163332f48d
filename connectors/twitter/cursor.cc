#include "connectors/twitter/cursor.h"

namespace signalbox::connectors::twitter {

std::string to_text(const Cursors& cursors) {
  return cursors.mentions.empty() ? cursors.timeline : cursors.timeline + "/" + cursors.mentions;
}

Cursors read_cursors(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return {std::string(text), ""};
  return {std::string(text.substr(0, slash)), std::string(text.substr(slash + 1))};
}

}  // namespace signalbox::connectors::twitter
