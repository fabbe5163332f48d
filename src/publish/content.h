// What is to be mirrored: the files of a site at one moment, each made when it is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "publish/mirror.h"

namespace signalbox::publish {

/// A file before it says when it was written.
struct Draft {
  File file;
  std::uint64_t source = 0;  ///< hash of all it was made from
};

/// One thread.
class Content {
 public:
  virtual ~Content() = default;
  /// The names of all files, what others refer to before what refers to it.
  virtual const std::vector<std::string>& names() const = 0;
  /// None when there is no such file (any more).
  virtual std::optional<Draft> draft(const std::string& name) = 0;
  /// The file, which says (where it can) that it was written as of as_of().
  virtual File dated(Draft draft) const = 0;
  /// The files that say as of when all of it is. They are written last, and each time.
  virtual std::vector<File> as_of_files() const = 0;
};

}  // namespace signalbox::publish
