// For whom a document is made.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "model/snapshot.h"
#include "web/documents/language.h"

namespace signalbox::web {

using StaleSince = std::optional<Time>;

/// One board for one kind of reader. Lives as long as the making of a document; what it refers to
/// outlives it.
struct Edition {
  const Snapshot& snapshot;
  StaleSince stale_since = {};  ///< since when nothing has been heard; none: fresh
  const Language& language = english();
  /// The way from the document's address up to the page's: "./", "../". Links inside a page are
  /// relative, so that the same bytes serve at the host's top, under a prefix and from a folder.
  std::string root = "./";
  /// The same past the language's prefix: the way to what is there once for all languages, feeds
  /// and data, and to the page in another language.
  std::string top = "./";
  /// The document's own path below `root`: "services/API"; "" for the page.
  std::string here = {};
};

/// The root for a document at `path`, which begins with the page's own "/".
std::string root_of(std::string_view path);

}  // namespace signalbox::web
