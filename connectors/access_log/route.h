// Which services a line speaks of, by its host, its path and its tag.
#pragma once

#include <re2/set.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "connectors/access_log/line.h"

namespace signalbox::connectors::access_log {

/// What a service asks of its lines; all of it must hold.
struct Asked {
  std::vector<std::string> hosts;  ///< any of these, in any case; none: every host
  std::vector<std::string> tags;   ///< any of these; none: every tag
  std::string match;               ///< a pattern (RE2) found in the path; "": every path
};

/// Answers for all services at once: patterns that only say how a path begins are compared, the
/// others are one RE2::Set, and what it said of a path is remembered for a while: so one a thread.
class Router {
 public:
  /// `all` is in the order of the services; its patterns are valid.
  explicit Router(std::vector<Asked> all);

  /// Calls `speaks(number)` for each service of `line`, ascending.
  template <typename Speaks>
  void each(const Line& line, const Speaks& speaks) {
    const Matched* found = patterns_ > 0 ? &matched(line.path) : nullptr;
    const std::uint64_t start = start_of(line.path);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const Entry& entry = entries_[i];
      if ((start & entry.mask) != entry.start) continue;
      if (entry.by_start_alone || speaks_of(entry, line, found)) speaks(i);
    }
  }

 private:
  /// How a service's path is recognised.
  enum class Means { every, beginning, whole, pattern };
  struct Entry {
    Asked asked;
    std::uint64_t start = 0;  ///< the first bytes of `literal`, as start_of() has them
    std::uint64_t mask = 0;   ///< which of them say something
    bool by_start_alone = false;
    Means means = Means::every;
    std::string literal;      ///< for beginning and whole
    std::size_t pattern = 0;  ///< its number in the set
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };
  using Matched = std::vector<bool>;  ///< by the pattern's number

  /// The first eight bytes, zeroes behind the end: compared at once for all services.
  static std::uint64_t start_of(std::string_view path) {
    std::uint64_t start = 0;
    if (path.size() >= sizeof start) {
      std::memcpy(&start, path.data(), sizeof start);
    } else {
      std::memcpy(&start, path.data(), path.size());
    }
    return start;
  }
  static Entry entry_of(Asked asked);
  const Matched& matched(std::string_view path);
  Matched ask_set(std::string_view path) const;
  bool speaks_of(const Entry& entry, const Line& line, const Matched* matched) const;

  std::vector<Entry> entries_;
  std::shared_ptr<const RE2::Set> set_;  // null when no service needs it
  std::size_t patterns_ = 0;
  std::unordered_map<std::string, Matched, Hash, std::equal_to<>> remembered_;
};

}  // namespace signalbox::connectors::access_log
