#include "connectors/mastodon/same_text.h"

#include <string>

#include "base/text.h"

namespace signalbox::connectors::mastodon {
namespace {

/// A word without the host of the mention it is.
std::string_view without_host(std::string_view word) {
  if (!word.starts_with('@')) return word;
  return word.substr(0, word.find('@', 1));
}

std::string comparable(std::string_view text) {
  const std::string spaced = replace_all(replace_all(std::string(text), "\n", " "), "\t", " ");
  std::string words;
  for (const std::string_view word : split(spaced, ' ')) {
    if (word.empty()) continue;
    if (!words.empty()) words += ' ';
    words += without_host(word);
  }
  return words;
}

}  // namespace

bool same_text(std::string_view a, std::string_view b) { return comparable(a) == comparable(b); }

}  // namespace signalbox::connectors::mastodon
