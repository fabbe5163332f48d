// The server: builds every part from a checked configuration, wires them, runs until told to stop.
#pragma once

#include <string>

#include "app/prepare.h"

namespace signalbox::app {

/// Runs until SIGTERM or SIGINT (drains within 5 s, gives 0); SIGHUP reloads `path`. Gives 1 with
/// one line on stderr when it cannot start. Blocks those signals in every thread it starts.
int run_server(const std::string& path, Prepared prepared);

}  // namespace signalbox::app
