// Logs that have left their name: moved, copied away before a cut, packed by gzip.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/access_log/tail.h"

namespace signalbox::connectors::access_log {

/// One of the names that rotation gives: `access.log.1`, `access.log-20261121.gz`.
struct Rotated {
  std::string path;
  std::uint64_t inode = 0;
  std::int64_t written = 0;  ///< nanoseconds since 1970
  bool packed = false;
};

/// The rotated files of the log at `path`, the one last written to at the end. A packed one whose
/// plain file is still there is left out: it is being made.
std::vector<Rotated> rotated(const std::string& path);

/// A log that nobody writes to any more, plain or packed. Offsets are those of its content.
class OldLog {
 public:
  /// Nothing when it cannot be read.
  static std::optional<OldLog> open(const std::string& path);

  /// Whether it begins with the bytes `reach` was made from.
  bool begins_as(const Reach& reach);
  /// Notes the first bytes before `reach.offset`, as many as there are up to 256.
  void remember_beginning(Reach& reach);
  /// Gives every line from `reach.offset` on, until `most` bytes are read, and moves it. True when
  /// that was the end: the last line counted without its newline.
  bool each_line(Reach& reach, std::uint64_t most,
                 const std::function<void(std::string_view)>& line);

 private:
  struct Close {
    void operator()(gzFile file) const { gzclose(file); }
  };
  explicit OldLog(gzFile file) : file_(file) {}
  std::string read(std::uint64_t from, std::size_t bytes);

  std::unique_ptr<gzFile_s, Close> file_;
};

/// The one of `path`'s rotated files that goes on where `reach` ends: it begins alike, and when
/// nothing was read of it yet, was written to after `asked`.
std::optional<Rotated> continuation(const std::string& path, const Reach& reach,
                                    std::optional<Time> asked);

}  // namespace signalbox::connectors::access_log
