// A file open for reading, by its inode.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "connectors/access_log/tail.h"

namespace signalbox::connectors::access_log {

/// Owns a descriptor. Its size is that of the moment it was opened: what is written later is for
/// the next look.
class OpenFile {
 public:
  /// Nothing, with errno set, when it cannot be read or is no ordinary file.
  static std::optional<OpenFile> open(const std::string& path);
  OpenFile(OpenFile&& other) noexcept;
  OpenFile& operator=(OpenFile&& other) noexcept;
  ~OpenFile();

  std::uint64_t inode() const { return inode_; }
  std::uint64_t size() const { return size_; }
  /// When it was last written to, in nanoseconds since 1970.
  std::int64_t written() const;

  /// A reach that has read everything up to the last newline.
  Reach at_end() const;
  /// Whether the file begins with the bytes `reach` was made from.
  bool begins_as(const Reach& reach) const;
  /// Notes the first bytes before `reach.offset`, as many as there are up to 256.
  void remember_beginning(Reach& reach) const;
  /// Gives every whole line from `from` on, until `most` bytes are read; tells where the next one
  /// begins. A line of more than a mebibyte is given in pieces of that size.
  std::uint64_t each_line(std::uint64_t from, std::uint64_t most,
                          const std::function<void(std::string_view)>& line) const;
  /// What follows `from`, a mebibyte at most.
  std::string rest(std::uint64_t from) const;

 private:
  OpenFile(int descriptor, std::uint64_t inode, std::uint64_t size);
  std::string read(std::uint64_t from, std::uint64_t bytes) const;

  int descriptor_ = -1;
  std::uint64_t inode_ = 0;
  std::uint64_t size_ = 0;
};

}  // namespace signalbox::connectors::access_log
