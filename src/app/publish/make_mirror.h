// A configured mirror, made.
#pragma once

#include <memory>
#include <string>

#include "base/time.h"
#include "config/config.h"
#include "publish/mirror.h"

namespace signalbox::app {

/// What it remembers is kept below `state_dir`, in `mirrors/`, under a name that changes with its
/// address. `clock` outlives it.
std::unique_ptr<publish::Mirror> make_mirror(const config::MirrorEntry& entry,
                                             const std::string& state_dir, const Clock& clock);

/// Equal for entries that make the same mirror: a reload leaves it alone.
std::string fingerprint(const config::MirrorEntry& entry);

}  // namespace signalbox::app
