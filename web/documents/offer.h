// What a page offers in which language, and where.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/snapshot.h"
#include "web/documents/edition.h"

namespace signalbox::web {

/// One document as it is asked for. `path` is a view into what it was read from.
struct Asked {
  std::string key;        ///< what it is kept under: documents of another language have another
  std::string_view path;  ///< below the language's prefix
  const Language* language = &english();
  bool forced = false;  ///< its address names the language, so all readers have the same

  /// What it is made for.
  Edition edition(const Snapshot& snapshot, StaleSince stale_since) const;
};

/// The languages one page offers. Never changed once made: any thread may read it.
class Offer {
 public:
  explicit Offer(const PageFacts& page);

  /// As Site::language().
  std::string_view language(std::string_view accept_language) const;
  /// As Site::find() has path and language; none where the address names a language that is not
  /// offered, or what is there once for all.
  std::optional<Asked> asked(std::string_view path, std::string_view language) const;
  /// As Site::moved().
  std::string moved(std::string_view path) const;
  /// `paths`, and for each page its addresses in all the languages.
  std::vector<std::string> addresses(std::vector<std::string> paths) const;
  /// The languages, the page's own first.
  const std::vector<const Language*>& languages() const { return languages_; }

 private:
  bool has(const Language& language) const;

  std::vector<const Language*> languages_;
};

}  // namespace signalbox::web
