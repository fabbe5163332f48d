#include "connectors/mastodon/same_text.h"

#include <string>
#include <vector>

#include "base/text.h"
#include "connectors/words.h"

namespace signalbox::connectors::mastodon {
namespace {

/// A word without the host of the mention it is.
std::string without_host(const std::string& word) {
  return word.starts_with('@') ? word.substr(0, word.find('@', 1)) : word;
}

std::string comparable(std::string_view text) {
  std::vector<std::string> words = words_of(text);
  for (std::string& word : words) word = without_host(word);
  return join(words, " ");
}

}  // namespace

bool same_text(std::string_view a, std::string_view b) { return comparable(a) == comparable(b); }

}  // namespace signalbox::connectors::mastodon
