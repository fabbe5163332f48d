// Names that a page must not tell, taken out of texts.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::board {

/// Replaces names in texts by "another service": as whole words, in their exact case, the longest
/// first. A name that is to be kept is left alone, also where it has a hidden one in it.
class Veil {
 public:
  Veil(const std::vector<std::string>& hidden, const std::vector<std::string>& kept);

  std::string over(std::string_view text) const;

 private:
  struct Name {
    std::string text;
    bool hidden = false;
  };
  const Name* longest_at(std::string_view text, std::size_t at) const;

  std::array<std::vector<Name>, 256> names_;  // by their first byte, the longest first
};

}  // namespace signalbox::board
