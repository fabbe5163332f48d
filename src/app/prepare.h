// A configuration file made ready, or everything that is wrong with it: what the loader finds, what
// the grammar finds among the names, and what each connector finds among its own settings.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/setup.h"
#include "config/config.h"

namespace signalbox::app {

/// A file read and checked by all who know something about it.
struct Prepared {
  std::optional<config::Config> config;  ///< none when there are misfits
  Setup setup;                           ///< of `config`
  std::vector<config::Misfit> misfits;   ///< by line; at most one a place
};

/// Reads `path` and checks it. Speaks to nobody; nothing is started.
Prepared prepare(const std::string& path);
/// The same for a file that was read already.
Prepared prepare(config::Loaded loaded);

}  // namespace signalbox::app
