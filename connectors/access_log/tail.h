// Follows a growing file through rotation and truncation: every whole line once, across restarts.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace signalbox::connectors::access_log {

/// How far one file was read. A file is known by its inode, whatever it is called by now, and by
/// its first bytes, since inodes are used again.
struct Reach {
  std::uint64_t inode = 0;   ///< 0: rotated and not written to any more, packed perhaps
  std::uint64_t offset = 0;  ///< everything before it was given out
  std::uint64_t begins = 0;  ///< hash of the file's first `begins_size` bytes
  std::uint64_t begins_size = 0;
  std::optional<Time> left;  ///< set when the name had gone to another file

  bool operator==(const Reach&) const = default;
};

/// A cursor taken apart.
struct Place {
  std::vector<Reach> files;   ///< oldest first; the last is the one that has the name
  std::optional<Time> asked;  ///< when it was last read
};
std::string write_place(const Place& place);
/// Nothing for text that is no cursor: as on first contact.
std::optional<Place> read_place(std::string_view cursor);

/// What one look gave.
struct Look {
  Place place;
  bool was_read = false;  ///< a log is there and could be read, also when nothing was written
  std::vector<std::string> complaints;
};

/// Reads what was written to `path` since `before` and gives each whole line, without its newline,
/// to `line`. Without `before` nothing is read: the place is the file's end. A line without its
/// newline waits for the next look.
///
/// The name may have passed to a new file (rename and create): the old one, looked for under
/// `path`'s folder among the names that begin with its own, is finished first, and watched for
/// another minute, since a server goes on writing to it until it reopens its log. Where gzip has
/// packed it already, it is read from there. A file that shrank, or begins otherwise than before,
/// was truncated: what its copy (copytruncate) has beyond the place is read, then the file from its
/// start. Logs that came and went between two looks are read whole. At most `most` bytes are read
/// in one look; the rest is for the next.
Look look(const std::string& path, const std::optional<Place>& before, Time now,
          const std::function<void(std::string_view)>& line, std::uint64_t most = 64U << 20U);

}  // namespace signalbox::connectors::access_log
