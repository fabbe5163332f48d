// A mirror on another machine that rsync reaches.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "publish/mirror.h"

namespace signalbox::publish {

/// What rsync is told.
struct RsyncSettings {
  std::string to;                         ///< `user@host:/path`, `rsync://host/module`, a path
  std::vector<std::string> options = {};  ///< further ones: `-e`, `ssh -i key`
  std::string program = "rsync";
  Duration patience = std::chrono::minutes(5);
};

/// Files are gathered in `staging`, a folder of our own; seal() has rsync carry them: what pages
/// refer to first, then the pages, renamed together at the end, and what is gone last. rsync
/// compares with what is there, so that nothing is carried twice and nothing is believed blindly.
/// Files there that we did not bring stay.
std::unique_ptr<Mirror> rsync_mirror(RsyncSettings settings, std::filesystem::path staging);

}  // namespace signalbox::publish
