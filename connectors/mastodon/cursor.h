// Where reading a timeline goes on. Ids are opaque: they are kept, given back and compared for
// equality, nothing else.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::connectors::mastodon {

/// The newest posts known, oldest first. None: the timeline was empty at first contact, so
/// everything on it counts.
struct Cursor {
  std::vector<std::string> recent;
  /// The end was reached: the next poll starts a few posts back, since a server may let a post
  /// appear behind a later one.
  bool at_end = false;

  /// The id to ask after (`min_id`); "" when none is known.
  std::string after() const;
  bool knows(std::string_view id) const;
  /// Takes ids in, oldest first.
  void add(const std::vector<std::string>& ids);
};

/// As the program keeps it; read_cursor() understands it, and a bare id.
std::string to_text(const Cursor& cursor);
Cursor read_cursor(std::string_view text);

/// Where each list goes on. None: it was not read before, so what is on it is no news.
struct Cursors {
  std::optional<Cursor> timeline;
  std::optional<Cursor> mentions;
};

/// As a cursor's text, which it is where mentions are not read. "" knows neither.
std::string to_text(const Cursors& cursors);
Cursors read_cursors(std::string_view text);

}  // namespace signalbox::connectors::mastodon
