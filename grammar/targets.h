// The lexicon from inside: what a name in a head stands for.
#pragma once

#include <bitset>
#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/zone.h"
#include "grammar/lexicon.h"

namespace signalbox::grammar {

/// A name that may stand in a head, and the services behind it.
struct Target {
  std::string name;                   ///< as configured; "ALL"
  std::vector<std::size_t> services;  ///< places in Words::services, in the configuration's order
  std::vector<std::string> ids;       ///< what stands at those places
  std::size_t index = 0;              ///< its own place in Words::targets
};

/// Hash and equality of names without regard to the case of ASCII letters.
struct FoldedHash {
  std::size_t operator()(std::string_view name) const;
};
struct FoldedEqual {
  bool operator()(std::string_view a, std::string_view b) const;
};

/// A name we are addressed by; `host` is "" when any host will do.
struct Handle {
  std::string name;
  std::string host;
};

/// Everything a page's heads may name. Where two names are alike but for case the first one counts;
/// clashes() has refused such a configuration before.
struct Lexicon::Words {
  std::vector<std::string> services;  ///< ids in the configuration's order
  std::deque<Target> targets;         ///< ALL first
  std::unordered_map<std::string_view, const Target*, FoldedHash, FoldedEqual> by_name;
  std::size_t longest_name = 0;
  std::string listed;              ///< the first names, for hints: `ALL, API, JS, …`
  std::bitset<256> first_letters;  ///< of all names, folded: most words of chat begin otherwise
  Zone zone;
  std::vector<Handle> handles;

  /// The target called `name` in any case; null when there is none.
  const Target* find(std::string_view name) const;
};

}  // namespace signalbox::grammar
