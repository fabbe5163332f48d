// A mirror that is a folder on this machine, or on a disk mounted here: what a web server serves.
#pragma once

#include <filesystem>
#include <memory>

#include "publish/mirror.h"

namespace signalbox::publish {

/// The manifest's name in a folder: the folder may be moved, and knows what of it is ours.
inline constexpr const char* kManifestName = ".signalbox-manifest.json";

/// Each file is written beside and renamed, so that a reader sees the old or the new one. Files
/// that are not ours stay as they are, but for those of the same names. recall() reads every file
/// and compares it with the manifest.
std::unique_ptr<Mirror> directory_mirror(std::filesystem::path root);

}  // namespace signalbox::publish
