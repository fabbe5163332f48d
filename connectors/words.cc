#include "connectors/words.h"

#include "base/normal_form.h"
#include "base/text.h"

namespace signalbox::connectors {

std::vector<std::string> words_of(std::string_view text) {
  const std::string whole = composed(text);
  std::vector<std::string> words;
  for (const std::string_view line : split(whole, '\n')) {
    for (const std::string_view part : split(line, '\t')) {
      for (const std::string_view word : split(part, ' ')) {
        if (const auto bare = trim(word); !bare.empty()) words.emplace_back(bare);
      }
    }
  }
  return words;
}

}  // namespace signalbox::connectors
