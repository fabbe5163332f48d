// Files of a mirror on this machine's disk: read, and written so that a reader never sees half of
// one.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox::publish {

/// For whom a file is: everybody (0644, in folders of 0755), as a web server of another user needs
/// it, or our own user alone (0600, in folders of 0700).
enum class Readers { everybody, ourselves };

/// The whole file; none when it cannot be read.
std::optional<std::string> content_of(const std::filesystem::path& path);
/// Writes beside and renames; makes the folders above. Unavailable, with the path, when it cannot.
/// Not flushed to the disk: who keeps a manifest compares it with the files.
Status write_whole(const std::filesystem::path& path, std::string_view text, Readers readers);

}  // namespace signalbox::publish
