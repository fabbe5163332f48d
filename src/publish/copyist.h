// Brings a mirror up to date: writes what differs from what is there, and nothing else.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "publish/content.h"
#include "publish/mirror.h"

namespace signalbox::publish {

/// What was carried so far.
struct Carried {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t removed = 0;
};

/// Of one mirror. One thread. After an error the same call may be made again: what is known to be
/// there is not written twice.
class Copyist {
 public:
  /// `mirror` outlives it.
  explicit Copyist(Mirror& mirror) : mirror_(mirror) {}

  /// Learns what is there, unless it is known.
  Status open();
  /// The mirror may be another than it was: open() learns anew.
  void doubt() { known_ = false; }
  /// Whether all of a site is there: single files may then be changed. After open().
  bool whole() const { return manifest_.whole; }
  /// Writes those of `names` that differ, in this order. A file whose source is as it was keeps its
  /// time of writing and so its bytes.
  Status bring(Content& content, std::span<const std::string> names);
  /// Takes away what `content` has no more. What it has but does not name any more (an older
  /// incident) is brought too, once: until look_again(), or until something was taken away.
  Status clear(Content& content);
  /// What no content names any more may tell something else than it did.
  void look_again() { unlisted_.clear(); }
  /// Writes as of when it is, has all of it seen, and remembers it. `whole`: all names of a content
  /// were brought.
  Status finish(const Content& content, bool whole);

  const Carried& carried() const { return carried_; }

  /// Files are handed to the mirror in lots of at most so many, or so many bytes.
  static constexpr std::size_t kMostFiles = 16;
  static constexpr std::size_t kMostBytes = 4U << 20U;
  /// The manifest is remembered at least every so many lots.
  static constexpr std::size_t kMostLots = 32;

 private:
  struct Lot {
    std::vector<File> files;
    std::vector<Entry> entries;
    std::size_t bytes = 0;
  };
  std::vector<std::string> unnamed(const Content& content) const;
  void add(Lot& lot, const Content& content, Draft draft) const;
  Status hand_over(Lot lot);
  Status hand_over_full(Lot& lot);

  Mirror& mirror_;
  Manifest manifest_;
  bool known_ = false;
  std::size_t lots_ = 0;            // handed over since the manifest was remembered
  std::set<std::string> unlisted_;  // as they should be, though no content names them any more
  Carried carried_;
};

}  // namespace signalbox::publish
