// Which page shows which services, and what opens it.
#pragma once

#include <memory>

#include "config/config.h"
#include "model/page_part.h"

namespace signalbox::app {

/// Null where the main page shows all services and is the only one. Unless the file says which
/// services the main page has, those are all but the ones that stand on private pages only: what
/// somebody locked away shows nowhere else by itself.
std::shared_ptr<const PageParts> page_parts(const config::Config& config);

}  // namespace signalbox::app
