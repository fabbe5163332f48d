// The words a page knows: its services, their aliases and groups, and the names by which we are
// addressed.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/zone.h"
#include "model/service.h"

namespace signalbox::grammar {

/// Built once from the configuration; cheap to copy, immutable, thread-safe.
class Lexicon {
 public:
  /// `handles`: names without `@` by which leading mentions address us (`status`,
  /// `status@mastodon.example`).
  Lexicon(const std::vector<Service>& services, Zone zone, std::vector<std::string> handles = {});

  struct Words;
  const Words& words() const { return *words_; }

 private:
  std::shared_ptr<const Words> words_;
};

/// What is wrong with a set of target names, for check-config: one entry a clash, naming both
/// sides. Empty when all is well. Refused: two targets alike but for case; a word of the grammar
/// (ALL, UP, help, status, …); an id that reads as another target plus a word; characters outside
/// `[A-Za-z0-9_.-]`.
struct Clash {
  std::string target;  ///< the later of the two, as configured (a group by its name)
  std::string what;
};
std::vector<Clash> clashes(const std::vector<Service>& services);

}  // namespace signalbox::grammar
