#include "base/text.h"
#include "connectors/twitter/tweet.h"
#include "connectors/words.h"

namespace signalbox::connectors::twitter {
namespace {

/// A word as X may have rewritten it: `status.example/` for `https://status.example`.
std::string without_scheme(std::string_view word) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (word.starts_with(scheme)) word.remove_prefix(scheme.size());
  }
  if (word.ends_with('/')) word.remove_suffix(1);
  return std::string(word);
}

std::string comparable(std::string_view text) {
  std::vector<std::string> words;
  for (const std::string& word : words_of(text)) {
    if (words.empty() && word.starts_with('@')) continue;
    words.push_back(without_scheme(word));
  }
  return join(words, " ");
}

}  // namespace

bool same_words(std::string_view ours, std::string_view read_back) {
  return comparable(ours) == comparable(read_back);
}

}  // namespace signalbox::connectors::twitter
